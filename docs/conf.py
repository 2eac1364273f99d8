"""How Sphinx makes this site: `make docs`."""

import re
import sys
from importlib.metadata import version as version_of
from pathlib import Path

from sphinx.application import Sphinx

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
# Types of the standard library, NumPy and Matplotlib have their pages elsewhere; nothing is fetched.
nitpick_ignore_regex = [
    ("py:.*", r"(?!autograder\b).*"),
    # Ours, but not public: only what makes them is.
    ("py:class", r"autograder\..*\.(Declaration|Edit|Equivalent|Level)"),
]

myst_enable_extensions = ["colon_fence", "deflist", "substitution"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
# The docstrings say what each argument is; NumPy's aliases, written out, would fill the page.
autodoc_typehints = "none"
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


def setup(app: Sphinx) -> None:
    """Have |x| in a docstring mean the bars that stand there, not one of Sphinx's substitutions."""

    def keep_bars(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
        lines[:] = [re.sub(r"(?<![`\w])\|(\w+)\|", r"\|\1\|", line) for line in lines]

    app.connect("autodoc-process-docstring", keep_bars)
