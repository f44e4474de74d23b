"""The questionnaire that an author starts from: small, complete, and explained in its comments."""

from selfassess.definition.findings import suggested_id

FALLBACK = "questionnaire"
"""The id where a name has no letters to make one from."""


def template(name: str) -> str:
    """The text of a new questionnaire file; its id is made from a name, such as that of the file."""
    id = suggested_id(name) or FALLBACK
    return TEXT.replace("THE_ID", id).replace("THE_FILE", f"{id if id == name else 'FILE'}.toml")


TEXT = '''\
# A questionnaire to start from. Change the words, take out what you do not need, and add your own.
#
# Lines that begin with # are notes: the program does not read them. After each change, look for mistakes:
#
#     selfassess check THE_FILE
#
# and try it: selfassess take THE_FILE
#
# The page docs/questionnaire-format.md explains every key. An editor can complete them for you, with what
# selfassess schema --output schema.json writes.

format = 1                              # the version of this file format: leave it as it is
language = "en"
id = "THE_ID"
version = "1"                           # a label of yours; change it when you change a question
title = "How well do we work together?"
about = """
Shown before the first question: what this is, who sees the answers, and how long it takes. \\
This one takes two minutes. There are no right answers."""
source = "Written by us. The scoring is ours too."
# licence = "CC-BY-4.0"                 # how others may use it
# skills_from = "skills"                # another questionnaire, whose skills the actions below can name


# Who answers. Leave this out if everybody is one group. Every id in this file is yours to choose: small letters,
# digits and _, each used once. Answers are kept under it, so never give it a new meaning later.

[[groups]]
id = "board"
title = "Board members"
about = "You have a seat on the board."  # helps people to choose the right group

[[groups]]
id = "staff"
title = "Staff"
about = "You work for the partnership."


# The answers that people choose from. You can have several scales: then write scale = "agree" in an item, a
# benchmark or a strand, or once at the top of the file. A value can be any number: 0, 0.5, 1.
# "Don't know" and "doesn't apply" never count as zero. Leave them out, and they are not offered.

[scales.agree]
points = [
  { value = 1, label = "Strongly disagree" },
  { value = 2, label = "Disagree" },
  { value = 3, label = "Neither" },
  { value = 4, label = "Agree" },
  { value = 5, label = "Strongly agree" },
]
dont_know = "Don't know"
not_applicable = "Doesn't apply to me"


# Every score runs from 0 to 100, whatever the scale.

[scoring]
min_answered = 0.5                      # answer half of what you are asked, or there is no score
target = 75                             # what to aim for; a benchmark can have one of its own


# Names for scores. Each band goes from its number up to the next, so the first starts from 0.

[[bands]]
from = 0
title = "Act now"

[[bands]]
from = 50
title = "Build on it"

[[bands]]
from = 75
title = "Strong"


# A strand is a large theme. In it stand benchmarks: what good looks like. In these stand items: what people are asked.

[[strands]]
id = "direction"
title = "Where we are going"
about = "A line that people read before the questions of this strand."

  [[strands.benchmarks]]
  id = "aims"
  title = "We share the same aims"
  discuss = "What would each of us say this partnership is for?"  # a question to talk over afterwards
  # target = 80                         # instead of the 75 above
  # targets = { staff = 70 }            # for one group
  # method = "min"                      # the lowest answer, instead of the mean; or "sum", "ladder", "none"
  # units = "own"                       # target, bands and score on 1 to 5, instead of 0 to 100

    [[strands.benchmarks.items]]
    id = "aims_say"
    text = "I could tell a neighbour in one sentence what this partnership is for."
    short = true                        # also asked in the short form: selfassess take --short
    # help = "A line that explains the item to those who ask for it."

    [[strands.benchmarks.items]]
    id = "aims_work"
    text = "The aims of this partnership matter to the people I speak for."
    wording = { staff = "The aims of this partnership matter in my daily work." }  # other words for one group
    # groups = ["board"]                # ask one group only
    # weight = 2                        # counts twice
    # reverse = true                    # for an item where agreeing is bad
    # show_if = "aims_say <= 2"         # ask it only after such an answer to an earlier item
    # comment_if = "aims_work <= 2"     # ask for a comment on such an answer

    # What could be done when the score is below the target. Suggest something to each group that is asked.

    [[strands.benchmarks.actions]]
    id = "aims_write"
    text = "Write the aims on one page together, and read it out at the start of each meeting."
    groups = ["board"]
    # skills = ["consensus"]            # what it takes, from the questionnaire named by skills_from
    # when = "split"                    # for when people see it differently, rather than when the score is low

    [[strands.benchmarks.actions]]
    id = "aims_ask"
    text = "Ask a board member to come to a team meeting and talk about the aims."
    groups = ["staff"]

  # Open questions close a strand. They are answered in words, and never scored.

  [[strands.questions]]
  id = "direction_well"
  text = "What works well?"


[[strands]]
id = "together"
title = "How we deal with each other"

  [[strands.benchmarks]]
  id = "news"
  title = "Everybody hears what is going on"

    [[strands.benchmarks.items]]
    id = "news_time"
    text = "I hear about decisions within a week."
    short = true

    [[strands.benchmarks.items]]
    id = "news_ask"
    text = "I know whom to ask about the work of the other partners."

    [[strands.benchmarks.actions]]
    id = "news_notes"
    text = "Send a short note of each meeting to all partners the next day."
    # Without groups an action is suggested to everybody.

  [[strands.questions]]
  id = "together_way"
  text = "What gets in the way?"
'''
