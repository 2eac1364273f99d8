"""The plots of the notebooks."""
