"""The one door to the world outside: https, named hosts, checked addresses (security.md §7, 6 and 7).

``OutsideClient`` gives every answer as a value; nothing else in central makes a request.
"""

from central.outside.answer import Answer, Asked
from central.outside.client import Doubles, OutsideClient

__all__ = ["Answer", "Asked", "Doubles", "OutsideClient"]
