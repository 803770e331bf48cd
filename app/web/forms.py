"""What a form posted, and what is wrong with it: shown above the form and at each field, with all that was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile


class Typed(dict[str, str]):
    """What was typed into a form, by field; nothing where nothing was."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass
class Form:
    """A posted form. Text is stripped; a line break is one character."""

    data: FormData

    @classmethod
    def empty(cls) -> "Form":
        """A form in which nothing was asked."""
        return cls(FormData())

    def text(self, name: str) -> str:
        value = self.data.get(name, "")
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""

    def all(self, name: str) -> list[str]:
        return [value for value in self.data.getlist(name) if isinstance(value, str)]

    def checked(self, name: str) -> bool:
        return bool(self.text(name))

    def file(self, name: str) -> UploadFile | None:
        """The file that was chosen, if one was."""
        value = self.data.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def typed(self) -> Typed:
        """Everything that was typed, to be shown again."""
        return Typed({name: self.text(name) for name in self.data})


@dataclass
class Mistakes:
    """What is wrong with a form, by field, in the order of the form."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, sentence: str) -> None:
        self.found.setdefault(name, sentence)

    def __bool__(self) -> bool:
        return bool(self.found)

    def __getitem__(self, name: str) -> str | None:
        return self.found.get(name)

    def items(self) -> Mapping[str, str]:
        return self.found


NO_MISTAKES = Mistakes()


async def posted(request: Request) -> Form:
    return Form(await request.form())


Posted = Annotated[Form, Depends(posted)]
