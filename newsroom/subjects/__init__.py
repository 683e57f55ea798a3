"""What the pretend world writes about: a catalogue, one declaration per subject.

subject.py   what a subject declares
general.py   sentences that fit anything
china.py     the topic china
iowa.py      the topic iowa
tariffs.py   the topic tariffs
near.py      bone china, the battleship, hotel prices: they must not alert
far.py       school boards, football, weather and the rest
"""

from newsroom.subjects.china import CHINA
from newsroom.subjects.far import FAR
from newsroom.subjects.general import SENTENCES as GENERAL
from newsroom.subjects.iowa import IOWA
from newsroom.subjects.near import IGNORED, NEAR
from newsroom.subjects.subject import Subject
from newsroom.subjects.tariffs import TARIFFS

TOPICAL = (CHINA, IOWA, TARIFFS)
TOPICS = ("china", "iowa", "tariffs")

__all__ = ["CHINA", "FAR", "GENERAL", "IGNORED", "IOWA", "NEAR", "TARIFFS", "TOPICAL", "TOPICS", "Subject"]
