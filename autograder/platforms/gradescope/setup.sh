#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: Python and the pinned packages, in here.
set -euo pipefail
here="$$(cd "$$(dirname "$$0")" && pwd)"
cd "$$here"

if ! python3 -m venv tools; then
    apt-get update
    apt-get install -y python3-venv
    python3 -m venv --clear tools
fi
tools/bin/python -m pip install --quiet uv==0.9.0

# The Python of the image where it has this version, else one that uv fetches.
export UV_PYTHON_INSTALL_DIR="$$here/python"
tools/bin/uv venv --python "$version" venv
tools/bin/uv pip install --python venv/bin/python --no-deps --requirement requirements.txt

# Matplotlib's list of fonts is made now, not with every submission; the log tells what holds the walls.
venv/bin/python -c "import matplotlib.font_manager"
PYTHONPATH="$$here/lib" venv/bin/python -P -m autograder doctor || echo "No safe sandbox works in this image."
