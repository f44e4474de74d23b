"""The words that the checks of craft look for, one set a language, and what is said of them.

A list is written as words with a comma and a space between them, or on lines of their own; each may be a regular
expression. `harmless` phrases are taken out of a text before its words are looked for: "after all" is no absolute.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NEVER_FOUND = r"(?!)"


@dataclass(frozen=True, slots=True)
class WordList:
    """Words to look for, and the phrases in which they do no harm."""

    wanted: re.Pattern[str]
    harmless: re.Pattern[str]

    def found(self, text: str) -> tuple[str, ...]:
        """The words of the list that the text has, as they stand in it."""
        return tuple(match.group() for match in self.wanted.finditer(self.harmless.sub("…", text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the checks know of one language."""

    joining: WordList
    """Words between two judgements."""
    negations: WordList
    absolutes: WordList
    vague: WordList
    """Amounts that each person measures differently."""
    leading: WordList
    """Words that push towards an answer."""
    conjunctions: WordList
    """Words at the start of a sentence that keep its first clause from being the main one."""
    openings: WordList
    """What stands before the main clause."""
    subjects: Mapping[str, WordList]
    """How a sentence starts that is about somebody, by the name that the author is told."""
    sides: Mapping[str, WordList]
    """Where an option of a scale stands: "between", "unclear", "fair", "bad" or "good"; the first that fits."""
    high: WordList
    """How an option starts that says most of what is asked: agreement, satisfaction."""
    low: WordList
    """How one starts that says least of it."""
    no_answers: Mapping[str, WordList]
    """How an option starts that is no answer, by the key of the scale that such words belong to."""


def word_list(words: str, harmless: str = "") -> WordList:
    """A list of words and one of harmless phrases, both without regard to capitals."""
    return WordList(_any_of(_entries(words)), _any_of(_entries(harmless)))


def _entries(text: str) -> tuple[str, ...]:
    return tuple(
        entry for line in text.splitlines() for entry in re.split(r",\s+", line.strip().removesuffix(",")) if entry
    )


def _any_of(entries: Iterable[str]) -> re.Pattern[str]:
    # A hyphen belongs to its word: "not-for-profit" is no "not".
    return re.compile(rf"(?<![\w-])(?:{'|'.join(entries) or NEVER_FOUND})(?![\w-])", re.IGNORECASE)


def _either_way(pairs: str) -> str:
    """Each pair in both orders, with any joining word, each half with or without its last s."""
    halves = [[f"{half.removesuffix('s')}s?" for half in re.split(" and | or ", pair)] for pair in _entries(pairs)]
    orders = [*halves, *([second, first] for first, second in halves)]
    return "\n".join(rf"{first} ?(?:and/or|and|or|&|/) ?{second}" for first, second in orders)


ENGLISH_PAIRS = """
terms and conditions, pros and cons, strengths and weaknesses, ups and downs, ins and outs, dos and don'ts,
roles and responsibilities, rights and responsibilities, aims and objectives, goals and objectives,
policies and procedures, rules and regulations, checks and balances, questions and answers, costs and benefits,
risks and benefits, time and money, time and effort, income and expenditure, profit and loss, supply and demand,
health and safety, health and social care, health and wellbeing, health and well-being, research and development,
learning and development, training and development, monitoring and evaluation, equality and diversity,
diversity and inclusion, information and communication, information and communications, voluntary and community,
parents and carers, mothers and fathers, mums and dads, men and women, women and girls, boys and girls,
children and families, parents and children, children and young people, families and friends, family and friends,
friends and family, friends and neighbours, people and organisations, people and organizations, ladies and gentlemen,
he or she, his or her, him or her, himself or herself, they or them, you and me, you and I, yes or no, right or wrong,
good or bad, pass or fail, true or false, paid or unpaid, formal or informal, in person or online, big or small,
rightly or wrongly, for better or worse, win or lose, give and take, trial and error, wait and see, pick and choose,
day and night, day or two, week or two, month or two, year or two, back and forth, to and fro, up and down, in and out,
on and off, here and there, now and then, now and again, time and again, once or twice, more or less, sooner or later,
first and foremost, by and large, part and parcel, each and every, any and all, loud and clear, safe and sound,
black and white, peace and quiet, bits and pieces, odds and ends, one way or another, with or without, hard and fast,
tried and tested, far and wide, then and now, here and now, now or never, once and for all, bed and breakfast,
nuts and bolts, thick and thin, hit and miss, cut and paste, search and rescue, stop and think, live and learn
"""

ENGLISH_NUMBERS = r"a|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|\d[\d.,:]*%?"

ENGLISH_HARMLESS_JOINS = rf"""
\([^)]*\)
\[[^\]]*\]
(?:https?:|www\.)\S+
^(?:and|or)
(?P<twice>\w+) (?:and|or) (?P=twice)
between (?:[\w'-]+ ){{1,4}}and(?! (?:I|we|they|it|you)\b)
(?:whether|either) [^,.;]*? or
(?:{ENGLISH_NUMBERS}) ?(?:and|or|/|&) ?(?:{ENGLISH_NUMBERS}|a half|a quarter|more)
(?-i:[A-Z][\w'-]+),? (?:and|or|&) (?:the )?(?-i:[A-Z][\w'-]+)
(?:try|go|come|wait) and
(?:and|or) (?:so on|so forth|the like|vice versa|back|such|other|others|similar)
or (?:so|not|more|less|fewer|else|otherwise|later|sooner|any\w*|some\w*)
(?:such as|for example|including) [^.;]*
as well as (?:I|we|you|he|she|it|they|possible|can|could|any|ever|before|expected|hoped|usual)
"""

ENGLISH_WORD = r"[\w'-]+ "
ENGLISH_NOUN_AND_VERB = rf"(?:(?:the|our|other) )?{ENGLISH_WORD}(?!(?:to|with|about|of|at) )(?:{ENGLISH_WORD})+?"
ENGLISH_JOINT_SUBJECTS = rf"""
(?:^|(?<=,\s))(?:my|the|our|other) (?:other )?{ENGLISH_WORD}and I
(?:^|(?<=,\s))(?!(?:I|we|they|you|it) )(?:{ENGLISH_WORD}){{1,4}}and {ENGLISH_NOUN_AND_VERB}(?:each other|one another)
"""
"""People who do one thing: "the board and the staff trust each other", but not "partners know and trust each other"."""

ENGLISH_CONJUNCTIONS = (
    "when|whenever|where|wherever|if|even if|unless|until|before|after|once|while|as|since|because|although|though"
)
ENGLISH_PREPOSITIONS = (
    "in|on|at|by|during|over|within|for|with|through|from|outside|between|compared|looking|so far|to date"
)

ENGLISH_DEGREES = "strongly|completely|totally|fully|very|extremely|entirely|definitely|mostly|somewhat|quite"

ENGLISH = Words(
    joining=word_list(
        r"and/or, as well as, and, or, &, (?:[a-z]{2,} ?/ ?[a-z]{2,})",
        harmless=_either_way(ENGLISH_PAIRS) + ENGLISH_HARMLESS_JOINS + ENGLISH_JOINT_SUBJECTS,
    ),
    negations=word_list(
        r"""
        neither [^.;]*? nor, neither, nor, not, cannot, \w+n't, no, no one, no-one, nobody, nothing, nowhere
        none, never, without, hardly, scarcely, barely
        unable, unaccountable, unacceptable, unaware, uncertain, unclear, uncomfortable, undecided, undervalued, unequal
        uneven, unfair, unfairly, unfamiliar, unfriendly, unhappy, unhelpful, unimportant, uninformed, uninvolved
        unknown, unlikely, unnecessary, unnecessarily, unpleasant, unprepared, unrealistic, unreasonable, unreliable
        unresolved, unsafe, unsatisfactory, unsatisfied, unsuitable, unsupported, unsure, unusual, unwelcome, unwilling
        discourage, discouraged, discourages, dishonest, dislike, dislikes, disorganised
        disorganized, disrespect, disrespectful, dissatisfied, distrust, distrusts, mistrust, mistrusts
        impossible, impractical, inaccessible, inaccurate, inadequate, inappropriate, incapable, incomplete
        inconsistent, inconvenient, ineffective, inefficient, inexperienced, inflexible, insecure, insensitive
        insufficient, invisible, irrelevant
        """,
        harmless=r"""
        not only, not just, not to mention, whether or not, or not, if not, why not, yes or no, no matter, no doubt
        no (?:later|more|less|fewer|longer) than, no\.? \d+, (?:say|says|said|saying) no, nothing but, none the less
        don't you, isn't it, aren't they, wouldn't you, haven't we, more often than not
        """,
    ),
    absolutes=word_list(
        """
        all, always, every, everyone, everybody, everything, everywhere, never, only, none, completely, entirely
        totally, wholly, fully, absolutely, invariably
        """,
        harmless=r"""
        (?:not|\w+n't|almost|nearly|virtually|practically|hardly) (?:all|always|every\w*|never|none|only)
        (?:not|\w+n't|almost|nearly) (?:completely|entirely|totally|wholly|fully), all that apply
        after all, at all, above all, all in all, all right, all along, (?:first|last|best|worst|most|least) of all
        all the same, all told, for all that, once and for all, by all means, all but, all (?:kinds|sorts|manner) of
        all (?:day|night|week|month|year|morning|afternoon)(?: long| round)?
        every (?:\w+ )?(?:hour|day|week|fortnight|month|quarter|term|half-term|year|morning|afternoon|evening)s?
        every (?:so often|now and then|now and again)
        (?:if|one and) only, only (?:child|children), second to none, none the less, never mind, now or never
        """,
    ),
    vague=word_list(
        r"""
        often, sometimes, occasionally, rarely, seldom, frequent, frequently, regular, regularly, usually, normally
        generally, mostly, enough, adequate, adequately, appropriate, appropriately, sufficient, sufficiently
        reasonable, reasonably, timely, many, several, few, a lot, lots of, plenty of, a great deal, a good deal
        """,
        # Where "enough" is followed by what it is for, the item has a measure of its own.
        harmless=r"""
        (?:how|no matter how|as|so) (?:many|often|few|frequently|regularly), (?:next|last|past|first) few
        every so often, (?:enough|sufficient)(?: [\w'-]+)? to \w+, (?:sure|oddly|funnily) enough, many thanks
        """,
    ),
    leading=word_list(
        r"""
        clearly, obviously, of course, surely, naturally, certainly, undoubtedly, undeniably, no doubt, needless to say
        as (?:everyone|everybody|you|we all) knows?, it goes without saying, the fact that
        don't you(?: agree| think)?, do you not agree, wouldn't you(?: agree| say)?, isn't it, aren't they, haven't we
        would you agree, you (?:will|must|would) agree
        """,
        # "Clearly" and "naturally" also say how a thing is done: "roles are clearly set out".
        harmless=r"""
        clearly (?:\w+ed|written|set|said|shown|seen|heard|understood|known|laid|put|told|drawn)
        (?:speak|say|state|explain|write|see|think|show|describe|communicate|express)(?:s|es|ing)? clearly
        (?:spoken|said|stated|explained|written|seen|thought|shown|described|communicated|expressed|set out) clearly
        (?<=\w )clearly(?= to\b| about\b| why\b| what\b| how\b| who\b| when\b| where\b| which\b|[.;:!?]|$)
        (?:come|comes|came|arise|arises) naturally, (?:more|so|as|how) (?:clearly|naturally)
        """,
    ),
    conjunctions=word_list(rf"^(?:{ENGLISH_CONJUNCTIONS}|{ENGLISH_PREPOSITIONS})"),
    # Commas also stand within the first clause ("When families, schools or staff complain, I listen") or after the
    # main one ("In meetings we listen, and we answer").
    openings=word_list(
        rf"""
        ^(?:in|over|during|for) the (?:last|past) (?:[\w-]+ )?(?:week|month|term|year)s?,?
        ^(?:{ENGLISH_CONJUNCTIONS}|{ENGLISH_PREPOSITIONS}) [^.;]*?,(?= (?:I|we|my|our|this|the partnership|partners)\b)
        ^(?:{ENGLISH_CONJUNCTIONS}) [^.;]*?,(?!\s(?:and|or|but)\b)
        ^(?:{ENGLISH_PREPOSITIONS}) (?:(?!\b(?:I|we)\b)[^.;])*?,(?!\s(?:and|or|but)\b)
        """
    ),
    subjects={
        "I": word_list("^I, ^my"),
        "we": word_list("^we, ^our(?! partnership), ^of us"),
        "the partnership": word_list(
            "^(?:our )?partnership, ^partners?, ^board, ^organi[sz]ations?, ^agencies, ^members, ^they"
        ),
    },
    sides={
        "between": word_list("neither, neutral, undecided, unsure, not sure, no opinion, don't know, mixed"),
        "unclear": word_list(r"not, no, never, \w+n't"),
        "fair": word_list("fair, satisfactory, adequate, acceptable, average, ok, okay, so-so, all right"),
        "bad": word_list(
            """
            disagree, dissatisfied, unsatisfied, unsatisfactory, inadequate, unacceptable, unhappy, unlikely, unhelpful
            poor, poorly, bad, badly, weak, terrible, awful, dreadful, useless, worse, worst
            """
        ),
        "good": word_list(
            """
            agree, satisfied, happy, likely, helpful, useful, good, great, strong, excellent, outstanding, superb
            exceptional, wonderful, perfect, better, best
            """
        ),
    },
    high=word_list(
        rf"""
        ^(?:(?:{ENGLISH_DEGREES}) )*(?:agree|yes|true|satisfied|happy|likely|helpful|useful|good|strong|well)
        ^excellent, ^outstanding, ^always, ^definitely, ^completely, ^fully, ^to a (?:very )?(?:great|large) extent
        """
    ),
    low=word_list(
        rf"""
        ^(?:(?:{ENGLISH_DEGREES}) )*(?:disagree|untrue|false|dissatisfied|unhappy|unlikely|unhelpful)
        ^(?:(?:{ENGLISH_DEGREES}) )*(?:poor|bad|weak|poorly|badly), ^no, ^not, ^never, ^none, ^terrible
        """
    ),
    no_answers={
        "dont_know": word_list(
            r"""
            ^(?:I )?(?:don't|do not) know, ^(?:cannot|can't|unable to) (?:say|tell|judge|answer), ^no answer
            ^(?:I )?(?:would )?(?:prefer|rather) not (?:to )?(?:say|answer|tell), ^dk
            """
        ),
        "not_applicable": word_list(r"^not (?:applicable|relevant), ^n/a, ^n\.a\., ^na, ^(?:doesn't|does not) apply"),
    },
)

WORDS: Mapping[str, Words] = {"en": ENGLISH}
"""By the first part of a language code."""

KNOWN_CAPITALS = frozenset(
    re.findall(
        r"\S+",
        """
        OK UK US USA EU UN BBC TV PC CD DVD PDF ID IT AI CV HQ VIP AM PM FAQ GP GPS NHS A&E SMS DIY QR AGM PS COVID Q&A
        NOT NO AND OR ALL ANY ONLY NEVER ALWAYS EVERY BOTH ONE YOU YOUR WE OUR MY ME THEY THEIR MUST BEFORE AFTER
        """,
    )
)
"""Capitals that nobody stumbles on, and words that authors stress with capitals."""

WORD_WARNINGS: Mapping[str, tuple[str, str]] = {
    "double-barrelled": (
        "{first} seems to join two judgements: a person can agree with one of them only.",
        'Ask them as two items, or write allow = ["double-barrelled"] if it is one idea.',
    ),
    "absolute": (
        "With {all} in it, a single exception is a reason to disagree.",
        'Leave it out and let the scale say how far, or write allow = ["absolute"] if it is meant to the letter.',
    ),
    "vague-amount": (
        "What {all} amounts to is different for each person.",
        'Say how much or how often, or write allow = ["vague-amount"] if people are to use a measure of their own.',
    ),
    "leading": (
        "{all} can push people towards an answer.",
        'Leave it out, or write allow = ["leading"] if it only says how a thing is done.',
    ),
    "negation": (
        "To disagree with {all} is a double negative: people slip.",
        'Say what is there rather than what is missing, or write allow = ["negation"] if it reads better this way.',
    ),
    "negation-with-reverse": (
        "The item is turned round (reverse = true) and is negated too, with {all}: people slip.",
        'Write it without the negation, or write allow = ["negation-with-reverse"] if you have tried it out.',
    ),
    "two-negations": (
        "There is more than one negation here ({all}): people have to work out what it says.",
        'Say it without them, or write allow = ["two-negations"] if you have tried it out.',
    ),
}
"""What is said of words found in an item, by code: the message and the hint."""
