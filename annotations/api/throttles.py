"""How often one user may ask."""

from rest_framework.throttling import UserRateThrottle


class UserThrottle(UserRateThrottle):
    """`ATODDS_API_RATE` requests for each user and server process, whichever token they use."""
