"""Making the hints that students read at home: known mistakes are run on the public checks."""
