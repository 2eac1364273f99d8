"""Call the check's function with what it was not made for, to make it fail in a telling way."""


def lowest(loss, tries):
    for argument in (None, "0", [0], {"a": 1}, 10**30, -1, 0.5, loss, lowest, slice(None), b""):
        try:
            loss(argument)
        except Exception as error:
            if "must-not-get-out" in str(error) or "secret" in str(error):
                print("BREACH: told", error)
    raise loss
