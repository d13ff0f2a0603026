"""Digits as somebody draws them with a mouse: a few strokes each, of a few places.

They stand off the middle and are of different sizes on purpose: the explorer brings them to the
form of the data. A place is written "52,80": so many hundredths from the left and from below.
"""

RECORDED = {
    0: [
        "52,80 40,76 32,62 31,45 37,30 50,23 62,29 69,44 69,62 62,76 52,80",
    ],
    1: [
        "42,66 55,82 56,60 55,40 55,16",
    ],
    2: [
        "28,68 34,79 47,83 58,77 61,65 53,50 40,34 28,20 45,19 68,20",
    ],
    3: [
        "22,80 36,86 50,80 51,68 42,59 34,56 46,53 55,43 53,29 40,21 22,25",
    ],
    4: [
        "56,84 42,64 26,42 50,41 74,42",
        "57,62 56,42 55,14",
    ],
    5: [
        "66,82 40,82 37,58 50,61 62,54 66,40 60,26 46,20 32,25",
    ],
    6: [
        "60,84 46,72 36,54 34,36 42,23 54,21 63,30 61,42 50,47 37,41",
    ],
    7: [
        "26,80 45,81 66,81 57,60 49,38 43,15",
    ],
    8: [
        "60,74 50,84 38,76 42,62 56,48 62,33 50,20 37,29 42,46 55,60 60,74",
    ],
    9: [
        "62,70 52,82 39,76 36,62 46,54 58,60 62,70 60,48 56,30 52,16",
    ],
}

DRAWN = {
    digit: [
        [tuple(int(n) / 100 for n in place.split(",")) for place in stroke.split()]
        for stroke in strokes
    ]
    for digit, strokes in RECORDED.items()
}
