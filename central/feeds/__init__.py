"""Looking at the feeds outside, each where a team switched it on (F37, F63).

An answer that cannot be read is "unknown since …", never "there is nothing" and never "ended".
"""
