"""Raise exceptions whose text, type and traceback can't be had."""


class Meta(type):
    def __getattribute__(cls, name):
        raise RuntimeError(name)


class Odd(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise KeyError


def mean(x):
    raise Odd


def lowest(loss, tries):
    raise type("E" * 10**6, (Exception,), {})("m" * 10**7)


def predict(x):
    raise BaseExceptionGroup("many", [KeyboardInterrupt(), SystemExit()])
