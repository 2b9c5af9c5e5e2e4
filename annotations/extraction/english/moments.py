"""Words of dates."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
"""Name to number, Monday 0 as in `datetime`."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

DAYS_AGO = {"today": 0, "tonight": 0, "yesterday": 1, "tomorrow": -1}
UNITS = frozenset(("week", "month", "year", "weekend", "night", "morning", "evening"))
NEAR = frozenset(("last", "this", "earlier", "next", "late", "early"))
