"""A variant of the reference: some of its functions exchanged for others."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from autograder.variants.module_text import ModuleText, renamed


@dataclass(frozen=True)
class Variant:
    """The reference with a mistake in it, or written in another way.

    Attributes:
        name: in kebab-case.
        hint: for the student; empty for a correct variant.
        parts: the new text of each top-level function or class that it exchanges or adds, by name.
        preamble: code at the top of the module.
    """

    name: str
    hint: str
    reference: ModuleText = field(repr=False)
    parts: Mapping[str, str] = field(repr=False)
    preamble: str = field(default="", repr=False)

    @cached_property
    def replaces(self) -> frozenset[str]:
        """The names of the reference that behave differently: those exchanged, and those that use them."""
        return self.reference.users_of(self.exchanged)

    @property
    def exchanged(self) -> frozenset[str]:
        """The names of the reference whose text is another."""
        return frozenset(self.parts) & frozenset(self.reference.names)

    @cached_property
    def source(self) -> str:
        """The text of the whole module, without solution markers."""
        return self.reference.with_parts(self.parts, self.preamble)

    def only(self, name: str) -> "Variant":
        """Return the same mistake in one function alone, since many students make it once.

        Args:
            name: one of `replaces`. For a function that is not exchanged itself, what it uses is.

        Raises:
            KeyError: it is not one of `replaces`.
        """
        if name not in self.replaces:
            raise KeyError(name)
        kept = {name} if name in self.exchanged else self.reference.used_by(name)
        dropped = self.exchanged - kept
        parts = {part: text for part, text in self.parts.items() if part not in dropped}
        return replace(self, parts=parts)

    def written_out_in(self, name: str) -> "Variant":
        """Return the mistake of one who writes in one function what the reference calls there.

        What the reference calls there is right where it stands, and wrong in a copy that this function alone
        uses.

        Args:
            name: one of `replaces`.

        Raises:
            KeyError: it is not one of `replaces`.
        """
        if name not in self.replaces:
            raise KeyError(name)
        copied = self.reference.used_by(name) & self.replaces
        names = {part: f"_{part}_in_{name}" for part in copied - {name}}
        texts = {part: self.parts.get(part) or self.reference.text_of(part) for part in copied}
        copies = {names.get(part, part): renamed(text, names) for part, text in texts.items()}
        added = {part: text for part, text in self.parts.items() if part not in self.exchanged}
        return replace(self, parts={**added, **copies})
