"""How Sphinx makes this site: `make docs`."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

project = "dl-autograder"
author = "the dl-autograder developers"
copyright = author
release = version = version_of("dl-autograder")
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
exclude_patterns = ["_build"]
nitpicky = True
# Types of the standard library, NumPy and Matplotlib: their own pages are elsewhere, and nothing is fetched for them.
nitpick_ignore_regex = [
    ("py:.*", r"(?!autograder\b).*"),
]

myst_enable_extensions = ["colon_fence", "deflist", "substitution"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_class_signature = "separated"
python_maximum_signature_line_length = 70
# What stands between single backticks in our docstrings is code.
default_role = "literal"
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "dl-autograder"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_extra_path = ["schemas"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
pygments_style = "tango"
pygments_dark_style = "github-dark"
copybutton_prompt_text = "$ "
