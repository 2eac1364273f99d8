"""The settings in a course's `nbgrader_config.py`: every topic of the course is graded in the sandbox."""

from pathlib import Path

from traitlets.config import Config

from autograder.blas import use_one_thread

_TEMPLATE = '''\
"""This course's settings for nbgrader, made by `autograder nbgrader` once: change and add what you like."""

try:
    from autograder.platforms.nbgrader import configure
except ImportError:
    raise SystemExit("the grader is missing: pip install 'dl-autograder[instructor]'") from None

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = {course_id!r}

# The folder that holds solutions/, as seen from this file. It stays with you: students never get it.
configure(c, __file__, course={course!r})
'''

#: nbgrader's own steps, but with ours in place of the one that runs the notebook.
_STEPS = (
    "autograder.platforms.nbgrader.grading_step.SandboxedGrading",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)


def config_text(course_id: str, course: str) -> str:
    """Return the text of a new course's `nbgrader_config.py`.

    Args:
        course_id: what nbgrader's exchange calls the course.
        course: the folder that holds `solutions/`, absolute or as seen from the file.
    """
    return _TEMPLATE.format(course_id=course_id, course=course)


def configure(config: Config, config_file: str, course: str) -> None:
    """Make nbgrader grade in the sandbox instead of running notebooks. nbgrader calls this several times.

    Args:
        config: nbgrader's configuration.
        config_file: path of `nbgrader_config.py`, which lies in the folder of nbgrader's course.
        course: the folder that holds `solutions/`, absolute or as seen from there.
    """
    use_one_thread()  # nbgrader has not imported NumPy yet
    here = Path(config_file).resolve().parent
    config.CourseDirectory.root = str(here)
    config.SubmissionExporter.course = str((here / course).resolve())
    config.Autograde.exporter_class = "autograder.platforms.nbgrader.submission_exporter.SubmissionExporter"
    config.Autograde.autograde_preprocessors = list(_STEPS)
    # Without this, `nbgrader zip_collect` leaves out the student's module.
    config.FileNameCollectorPlugin.valid_ext = [".ipynb", ".py"]
    # The student's module is what is graded; all other files of a release are restored.
    topics = sorted(path.stem for path in here.glob("source/*/*.py") if path.stem == path.parent.name)
    config.Autograde.exclude_overwriting = {topic: [f"{topic}.py"] for topic in topics}
