"""Look into the function of the check that is handed in, for the values that it closes over."""


def lowest(loss, tries):
    for name in ("__closure__", "__globals__", "__code__", "__self__", "__func__", "__wrapped__", "f_locals"):
        try:
            print("BREACH: the callback has", name, getattr(loss, name))
        except AttributeError:
            pass
    for action in (
        lambda: loss["secret"],
        lambda: loss.secret,
        lambda: setattr(loss, "__code__", lowest.__code__),
    ):
        try:
            print("BREACH: the callback gave", action())
        except Exception:
            pass
    return -1
