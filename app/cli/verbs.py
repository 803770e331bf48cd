"""The table of contents of the command line: every verb, where its function is, and one line that tells what it does.

Nothing else is imported here, so that help comes at once. `VERBS` says by which verb each command of the models is
asked; `BY_ETAPPI` are the commands that no person asks.
"""

from app.cli.lazy import Section, Verb

AMEND = (
    Verb("role", "Let somebody else take a role of the process.", "app.cli.amending:role"),
    Verb("ladder", "Let reminders of one kind of duty follow another ladder.", "app.cli.amending:ladder"),
    Verb("group", "Let a group join a checkpoint, or change its rule.", "app.cli.amending:group"),
    Verb("remove-group", "Let a group leave a checkpoint.", "app.cli.amending:remove_group"),
    Verb("criterion", "Add or change what a checkpoint tests.", "app.cli.amending:criterion"),
    Verb("remove-criterion", "Test a criterion no longer.", "app.cli.amending:remove_criterion"),
)
MEETING = (
    Verb("schedule", "Put a meeting in the calendar, or move it.", "app.cli.meetings:schedule"),
    Verb("cancel", "Cancel a meeting.", "app.cli.meetings:cancel"),
    Verb("record", "Record a meeting: present, stances, memo.", "app.cli.meetings:record"),
    Verb("correct", "Correct what a memo says of your stance.", "app.cli.meetings:correct"),
)
STATEMENT = (
    Verb("ask", "Ask a body for a statement.", "app.cli.participation:ask"),
    Verb("record", "Record a statement that came.", "app.cli.participation:record"),
    Verb("answer", "Say what a statement led to.", "app.cli.participation:answer"),
)
HEARING = (
    Verb("open", "Open a hearing.", "app.cli.participation:open_hearing"),
    Verb("close", "Close a hearing whose days have run.", "app.cli.participation:close_hearing"),
)
HANDLING = (
    Verb("record", "Record a handling that happened.", "app.cli.handlings:record"),
    Verb("text", "Attach the text as decided.", "app.cli.handlings:text_decided"),
    Verb("minutes", "Record when minutes were inspected and published.", "app.cli.handlings:minutes"),
    Verb("legal", "Record that a decision is final, appealed or annulled.", "app.cli.handlings:legal"),
)
DRAFT = (
    Verb("inherit", "Begin a draft with what was handed over.", "app.cli.outputs:inherit"),
    Verb("save", "Save a file as an output's draft.", "app.cli.drafts:save"),
    Verb("show", "Show what stands in a phase's drafts.", "app.cli.drafts:show"),
    Verb("compare", "Compare a draft with its newest version.", "app.cli.drafts:compare"),
)
PERSON = (
    Verb("list", "List the people of the directory.", "app.cli.listing:people"),
    Verb("add", "Add somebody to the directory.", "app.cli.people:add_person"),
    Verb("rename", "Change somebody's name.", "app.cli.people:rename_person"),
    Verb("change", "Change somebody's address, language or phone.", "app.cli.people:change_person"),
    Verb("remove", "Take somebody out of use.", "app.cli.people:remove_person"),
)
GROUP = (
    Verb("list", "List the groups and their seats.", "app.cli.listing:groups"),
    Verb("add", "Set up a working group or a committee.", "app.cli.seats:add_group"),
    Verb("rename", "Give a group another name.", "app.cli.seats:rename_group"),
    Verb("dissolve", "End a group and its seats.", "app.cli.seats:dissolve_group"),
)
SEAT = (
    Verb("give", "Give somebody a place in a group.", "app.cli.seats:give_seat"),
    Verb("end", "End a seat on its last day.", "app.cli.seats:end_seat"),
    Verb("part", "Make a seat chair, vice-chair or member.", "app.cli.seats:change_part"),
    Verb("deputies", "Name a seat's deputies.", "app.cli.seats:name_deputies"),
)
ROLE = (
    Verb("give", "Give somebody a standing role.", "app.cli.people:give_role"),
    Verb("end", "End somebody's standing role.", "app.cli.people:end_role"),
)
ABSENCE = (
    Verb("note", "Note the days somebody is away.", "app.cli.people:note_absence"),
    Verb("end", "Somebody is back earlier.", "app.cli.people:end_absence"),
)

SECTIONS: tuple[Section, ...] = (
    (
        "Looking",
        (
            Verb("inbox", "What waits for you, most urgent first.", "app.cli.inbox:inbox"),
            Verb("status", "Where the processes stand, or one of them.", "app.cli.status:status"),
            Verb("show", "A phase: what is proposed, tested and said.", "app.cli.show:show"),
            Verb("record", "What has happened in a process.", "app.cli.record:record"),
            Verb("messages", "Which messages left, which did not; hold, take back.", "app.cli.messages:messages"),
            Verb("reach", "Which meeting a process can reach, and by when what.", "app.cli.reach:reach"),
            Verb("papers", "A phase's papers: list them, make them, get them.", "app.cli.papers:papers"),
        ),
    ),
    (
        "Setting up",
        (
            Verb("init", "Make the data folder, municipality and first administrator.", "app.cli.installing:init"),
            Verb("load", "Take a process definition into use.", "app.cli.installing:load"),
            Verb("calendar", "Take own days off and meeting dates into use.", "app.cli.installing:calendar"),
            Verb("appearance", "Take the look of the papers into use.", "app.cli.papers:appearance"),
            Verb("validate", "Tell every mistake in a definition's file.", "app.cli.checking:validate"),
            Verb("schema", "The JSON schema of definitions and of --json.", "app.cli.checking:schema"),
            Verb("preview", "Every message in three languages, as a page.", "app.cli.messages:preview"),
            Verb("rehearse", "Play a definition through; can the council be reached?", "app.cli.rehearse:rehearse"),
            Verb("create", "Set a process up from a definition.", "app.cli.creating:create"),
        ),
    ),
    (
        "Phases and checkpoints",
        (
            Verb("draft", "Save, show and compare drafts.", verbs=DRAFT),
            Verb("open", "Open a phase that is ready.", "app.cli.phases:open_phase"),
            Verb("submit", "Bring a phase's drafts to its checkpoint.", "app.cli.phases:submit"),
            Verb("revise", "Replace one output's version in the round.", "app.cli.phases:revise"),
            Verb("retract", "Take back an opening, a submission or a stance.", "app.cli.phases:retract"),
            Verb("assess", "Say whether a criterion holds.", "app.cli.stances:assess"),
            Verb("template", "Write an output's workbook for people to fill in.", "app.cli.outputs:template"),
            Verb("read", "Take a filled-in file into an output's draft.", "app.cli.outputs:read"),
            Verb("compare", "Compare two versions of an output row by row.", "app.cli.comparing:compare"),
            Verb("trace", "Follow the thread from a need to its unit.", "app.cli.tracing:trace"),
            Verb("pass", "State that the phase passes.", "app.cli.phases:pass_phase"),
            Verb("return", "Return the work to preparation.", "app.cli.phases:return_work"),
        ),
    ),
    (
        "Stances, objections, conditions",
        (
            Verb("stance", "Say what your seat says.", "app.cli.stances:stance"),
            Verb("confirm", "Keep your stance, or what a memo says of you.", "app.cli.stances:confirm"),
            Verb("withdraw", "Take back your objection or signature.", "app.cli.stances:withdraw"),
            Verb("answer", "Answer an objection.", "app.cli.stances:answer"),
            Verb("carry", "Carry an objection as a condition.", "app.cli.stances:carry"),
            Verb("dissent", "Record an objection as dissent.", "app.cli.stances:dissent"),
            Verb("file-dissent", "Attach a dissent of your own.", "app.cli.stances:file_dissent"),
            Verb("co-sign", "Join an objection or a dissent.", "app.cli.stances:co_sign"),
            Verb("fulfil", "State that a condition is done.", "app.cli.stances:fulfil"),
        ),
    ),
    (
        "Meetings and being heard",
        (
            Verb("meeting", "Schedule, cancel, record and correct meetings.", verbs=MEETING),
            Verb("opportunity", "An affected group was given a say.", "app.cli.participation:opportunity"),
            Verb("statement", "Ask for statements, record and answer them.", verbs=STATEMENT),
            Verb("hearing", "Open and close hearings.", verbs=HEARING),
        ),
    ),
    (
        "The way to the decision",
        (
            Verb("handling", "Record handlings, minutes and legal state.", verbs=HANDLING),
            Verb("cooperation", "Record facts of staff cooperation.", "app.cli.handlings:cooperation"),
            Verb("publish", "Say that outputs have become public.", "app.cli.handlings:publish"),
            Verb("correct-entry", "Mend a mistake of writing.", "app.cli.handlings:correct_entry"),
        ),
    ),
    (
        "Steering",
        (
            Verb("nudge", "Remind those who have not done what waits.", "app.cli.nudging:nudge"),
            Verb("extend", "Move a date, or all later ones.", "app.cli.steering:extend"),
            Verb("amend", "Change roles, ladders, groups and criteria.", verbs=AMEND),
            Verb("hand-over", "Give the coordinator's part to somebody else.", "app.cli.steering:hand_over"),
            Verb("hold", "Put the process on hold.", "app.cli.steering:hold"),
            Verb("resume", "Let a held process go on.", "app.cli.steering:resume"),
            Verb("stop", "End the process before its decision.", "app.cli.steering:stop"),
            Verb("reopen", "Let a stopped process go on.", "app.cli.steering:reopen"),
            Verb("close", "Close a decided or stopped process.", "app.cli.steering:close"),
            Verb("redact", "Cover personal values for good.", "app.cli.steering:redact"),
        ),
    ),
    (
        "People",
        (
            Verb("municipality", "Change the municipality's name or languages.", "app.cli.people:municipality"),
            Verb("person", "List, add, change and remove people.", verbs=PERSON),
            Verb("group", "List, set up and dissolve groups.", verbs=GROUP),
            Verb("sign-in", "Print a link that signs somebody in.", "app.cli.signing_in:sign_in"),
            Verb("seat", "Give and end seats, name deputies.", verbs=SEAT),
            Verb("role", "Give and end standing roles.", verbs=ROLE),
            Verb("absence", "Note who is away, and who stands in.", verbs=ABSENCE),
            Verb("my-messages", "Within which hours and how often you are written to.", "app.cli.messages:my_messages"),
            Verb("snooze", "Postpone your reminders of one duty.", "app.cli.messages:snooze"),
        ),
    ),
    (
        "Keeping the installation",
        (
            Verb("demo", "Play a whole process through, start to decision.", "app.cli.demonstration:demo"),
            Verb("up", "Run the pages, the clock and the courier.", "app.cli.keeping:up"),
            Verb("web", "Serve the pages alone.", "app.cli.keeping:pages"),
            Verb("clock", "Run a clock alone.", "app.cli.parts:clock"),
            Verb("courier", "Run a courier alone.", "app.cli.parts:courier"),
            Verb("worker", "Run a worker alone.", "app.cli.parts:worker"),
            Verb("verify", "Check that everything stored still holds.", "app.cli.keeping:verify"),
            Verb("export", "Write one process into a zip.", "app.cli.keeping:export"),
            Verb("backup", "Write the whole installation into a zip.", "app.cli.keeping:backup"),
            Verb("restore", "Put a backup into an empty installation.", "app.cli.keeping:restore"),
            Verb("upgrade", "Bring an installation to this release.", "app.cli.keeping:upgrade"),
            Verb("retention", "How long what a process leaves is kept.", "app.cli.retention:retention"),
            Verb("rebuild", "Make the tables again from the record.", "app.cli.keeping:rebuild"),
            Verb("retry", "Try again what failed.", "app.cli.keeping:retry"),
        ),
    ),
)

VERBS: dict[str, str] = {
    "CreateProcess": "create",
    "Hold": "hold",
    "Resume": "resume",
    "Stop": "stop",
    "Reopen": "reopen",
    "Close": "close",
    "Extend": "extend",
    "HandOver": "hand-over",
    "Amend": "amend",
    "OpenPhase": "open",
    "Submit": "submit",
    "Revise": "revise",
    "Retract": "retract",
    "Pass": "pass",
    "Return": "return",
    "TakeStance": "stance",
    "Confirm": "confirm",
    "Withdraw": "withdraw",
    "Answer": "answer",
    "CarryAsCondition": "carry",
    "RecordDissent": "dissent",
    "FileDissent": "file-dissent",
    "CoSign": "co-sign",
    "FulfilCondition": "fulfil",
    "Assess": "assess",
    "ScheduleMeeting": "meeting schedule",
    "CancelMeeting": "meeting cancel",
    "RecordMeeting": "meeting record",
    "CorrectMemo": "meeting correct",
    "GiveOpportunity": "opportunity",
    "AskStatement": "statement ask",
    "RecordStatement": "statement record",
    "AnswerStatement": "statement answer",
    "OpenHearing": "hearing open",
    "CloseHearing": "hearing close",
    "RecordHandling": "handling record",
    "RecordDecidedText": "handling text",
    "RecordMinutes": "handling minutes",
    "RecordLegalState": "handling legal",
    "RecordCooperation": "cooperation",
    "MakePublic": "publish",
    "CorrectEntry": "correct-entry",
    "Redact": "redact",
    "Destroy": "retention",
    "SetUpMunicipality": "init",
    "ChangeMunicipality": "municipality",
    "LoadDefinition": "load",
    "SetCalendar": "calendar",
    "SetAppearance": "appearance",
    "AddPerson": "person add",
    "RenamePerson": "person rename",
    "ChangePerson": "person change",
    "RemovePerson": "person remove",
    "SetUpGroup": "group add",
    "RenameGroup": "group rename",
    "DissolveGroup": "group dissolve",
    "GiveSeat": "seat give",
    "EndSeat": "seat end",
    "ChangeSeatPart": "seat part",
    "NameDeputies": "seat deputies",
    "GiveRole": "role give",
    "EndRole": "role end",
    "NoteAbsence": "absence note",
    "EndAbsence": "absence end",
}
"""By which verb each command is asked."""

BY_ETAPPI: dict[str, str] = {
    "LeaveRound": "follows from a seat that ends (etappi seat end)",
    "NoteVacancies": "follows from who leaves and comes (etappi person, etappi seat)",
    "FollowCalendar": "follows from the municipality's calendar (etappi calendar)",
    "RecordRendition": "follows from a document that was made",
}
"""The commands that no person asks, and why."""
