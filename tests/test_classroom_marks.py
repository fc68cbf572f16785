"""Marks: the same operations leave the same marks, in whatever order and however often they arrive; none is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom import marks, phone, pupils, rooms
from classroom.database import Store, StoreError
from classroom.marks import Op
from tests import classroom_room as lesson
from tests import factory

PIECES = 12
OPS = st.builds(
    lambda seq, tab, first, length, value: Op(seq, tab, "mark", 0, first, min(first + length, PIECES - 1), value),
    st.integers(1, 40),
    st.sampled_from("ab"),
    st.integers(0, PIECES - 1),
    st.integers(0, 4),
    st.sampled_from(["against", "favour", "stirs", None]),
)


@given(st.lists(OPS, unique_by=lambda op: (op.seq, op.tab)), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(ops: list[Op], random: Any):
    shuffled = ops + ops[: len(ops) // 2]
    random.shuffle(shuffled)
    assert marks.fold(shuffled) == marks.fold(ops)


@given(st.lists(OPS, unique_by=lambda op: (op.seq, op.tab)))
def test_the_last_operation_on_a_piece_wins(ops: list[Op]):
    left = marks.fold(ops).get(0, {})
    for piece in range(PIECES):
        over = [op for op in ops if op.first <= piece <= op.last]
        last = max(over, key=lambda op: (op.seq, op.tab)).value if over else None
        assert left.get(piece) == last


def test_marks_of_whole_texts_again_and_again_cost_each_piece_once(monkeypatch: pytest.MonkeyPatch):
    looked: list[int] = []
    free = marks._free
    monkeypatch.setattr(marks, "_free", lambda ways, piece: looked.append(piece) or free(ways, piece))
    ops = [Op(seq, "a", "mark", 0, 0, 999, str(seq)) for seq in range(1, 2001)]
    assert marks.fold(ops) == {0: dict.fromkeys(range(1000), "2000")}
    assert len(looked) <= 1000 + len(ops)


@settings(max_examples=25)
@given(data=st.data())
def test_phones_that_drop_repeat_and_shuffle_messages_lose_nothing(tmp_path_factory, data: Any):
    store = lesson.store(tmp_path_factory.mktemp("rooms"))
    room = lesson.opened(store)
    phones = [lesson.Phone(store, room, "Wren") for _ in range(3)]
    sent: dict[int, list[Op]] = {i: [] for i in range(3)}
    pending: list[tuple[int, list[dict[str, Any]]]] = []
    for _ in range(data.draw(st.integers(1, 12))):
        who = data.draw(st.integers(0, 2))
        value = data.draw(st.sampled_from(["against", "stirs", None]))
        raw = phones[who].op(data.draw(st.integers(0, 9)), value)
        sent[who].append(Op(raw["seq"], "a", "mark", 0, raw["first"], raw["last"], value))
        pending.append((who, [raw]))
    for who, ops in data.draw(st.permutations(pending + pending[:4])):
        if data.draw(st.booleans()):  # the reply is lost: the phone sends again
            phones[who].say("send", ops=ops)
        reply = phones[who].say("send", ops=ops)
        assert [tuple(key) for key in reply["acked"]] == [(op["seq"], "a") for op in ops]
    for i, one in enumerate(phones):
        assert one.own() == marks.fold(sent[i]).get(0, {})
    store.close()


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "x",
        {},
        {"seq": 0, "tab": "a"},
        {"seq": 2**70, "tab": "a", "text": 0, "first": 0, "last": 0},
        {"seq": True, "tab": "a"},
        {"seq": 1.5, "tab": "a"},
        {"seq": 1, "tab": ""},
        {"seq": 1, "tab": "a" * 99},
        {"seq": 1, "tab": "a'; DROP TABLE op; --"},
        {"seq": 1, "tab": "a", "text": 5, "first": 0, "last": 0, "value": "against"},
        {"seq": 1, "tab": "a", "text": 0, "first": -1, "last": 0, "value": "against"},
        {"seq": 1, "tab": "a", "text": 0, "first": 3, "last": 2, "value": "against"},
        {"seq": 1, "tab": "a", "text": 0, "first": 0, "last": 10**9, "value": "against"},
        {"seq": 1, "tab": "a", "text": 0, "first": 0, "last": 0, "value": "rude"},
        {"seq": 1, "tab": "a", "text": 0, "first": 0, "last": 0, "value": {"a": 1}},
        {"seq": 1, "tab": "a", "text": "0", "first": 0, "last": 0, "value": "against"},
        {"seq": 1, "tab": "a", "kind": "guess", "text": 0, "value": "The Kestrel Post"},
        {"seq": 1, "tab": "a", "kind": "draft", "value": "hello"},
        {"seq": 1, "tab": "a", "kind": "nonsense", "text": 0, "first": 0, "last": 0},
    ],
)
def test_a_hostile_operation_is_refused_and_the_next_one_kept(tmp_path: Path, raw: Any):
    store = lesson.store(tmp_path)
    room = lesson.opened(store)
    pupil = lesson.Phone(store, room)
    reply = pupil.say("send", ops=[raw, pupil.op(4, "against")])
    assert [1, "a"] in reply["acked"] or reply["refused"]
    pupil.seq = 500
    pupil.mark(5)
    assert pupil.own()[5] == "against"
    assert set(pupil.own()) <= {4, 5}


@pytest.mark.parametrize(
    "message", [None, 3, [], {}, {"code": 5}, {"code": "BBBBBB"}, {"code": "x" * 10**5, "do": "join"}]
)
def test_a_hostile_message_gets_a_sentence(tmp_path: Path, message: Any):
    assert phone.answer(lesson.store(tmp_path), message)["error"].endswith(".")


def test_a_token_opens_its_own_room_and_its_own_marks_alone(tmp_path: Path):
    store = lesson.store(tmp_path)
    here, there = lesson.opened(store), lesson.opened(store)
    one, two = lesson.Phone(store, here), lesson.Phone(store, here)
    one.mark(3)
    assert two.own() == {}
    one.code = there.code
    assert one.say("hello")["stranger"]
    for token in (None, "", 7, "x" * 10**5, "guess"):
        one.token = token
        assert one.say("hello")["error"]


def test_nothing_of_the_others_or_the_analyser_is_sent_before_the_reveal(tmp_path: Path):
    store = lesson.store(tmp_path)
    room = lesson.opened(store, "loaded", phase="forewarn", hidden=True)
    one, two = lesson.Phone(store, room, "Robin"), lesson.Phone(store, room, "Osprey")
    assert "texts" not in one.say("hello")["screen"]
    rooms.set_phase(store, lesson.again(store, room), "mark")
    two.mark(2)
    reply = str(one.say("hello"))
    for secret in ("Because of the word", "Osprey", "The Kestrel Post", "reveal"):
        assert secret not in reply
    rooms.set_phase(store, lesson.again(store, room), "reveal")
    reply = str(one.say("hello"))
    assert "Because of the word" in reply
    assert "The Kestrel Post" in reply
    assert "Osprey" not in reply


def test_marks_after_the_reveal_are_kept_and_count_as_the_second_round(tmp_path: Path):
    clock = lesson.Clock()
    store = lesson.store(tmp_path, clock)
    room = lesson.opened(store)
    pupil = lesson.Phone(store, room)
    pupil.mark(1)
    rooms.set_phase(store, room, "reveal")
    clock.now += rooms.GRACE - 1
    pupil.mark(2)  # was on its way
    clock.now += 2
    pupil.mark(3)
    rooms.set_phase(store, lesson.again(store, room), "mark")  # going back does not make it blind again
    pupil.mark(4)
    assert set(marks.of_class(store, room, 1)[0][1]) == {1, 2}
    assert set(marks.of_class(store, room, 2)[0][1]) == {1, 2, 3, 4}


def test_only_the_last_draft_is_kept_and_old_ones_cannot_come_back(tmp_path: Path):
    store = lesson.store(tmp_path)
    room = lesson.opened(store, "rewrite", phase="write")
    pupil = lesson.Phone(store, room)
    old, new = (pupil.op(-1, words, kind="draft") for words in ("first\u202e\x00", "second " * 999))
    pupil.say("send", ops=[new])
    pupil.say("send", ops=[old])
    kept = pupil.own()[-1]
    assert kept.startswith("second")
    assert len(kept) == marks.DRAFT
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM op").fetchone()[0] == 1


def test_a_flood_of_marks_is_stopped_with_a_sentence(tmp_path: Path):
    store = lesson.store(tmp_path)
    room = lesson.opened(store)
    pupil = lesson.Phone(store, room)
    for _ in range(marks.OPS // marks.BATCH):
        pupil.say("send", ops=[pupil.op(0, "against") for _ in range(marks.BATCH)])
    assert "more marks than a lesson holds" in pupil.mark(1)["refused"][0][2]


WRITER = """
import sys
from tests import classroom_room as lesson
from classroom.database import Store
from classroom import rooms
store = Store(sys.argv[1], days=30, clock=lesson.Clock())
room = rooms.find(store, sys.argv[2])
pupil = lesson.Phone(store, room)
for piece in range(10**6):
    reply = pupil.mark(piece % 20, value="against")
    print(*reply["acked"][0], flush=True)
"""


def test_a_killed_process_keeps_every_acknowledged_mark(tmp_path: Path):
    store = lesson.store(tmp_path)
    room = lesson.opened(store)
    store.close()
    arguments = [sys.executable, "-c", WRITER, str(tmp_path / "rooms.sqlite"), room.code]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    writer = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline().split()[0]) for _ in range(30)]
    writer.kill()
    acknowledged += [int(line.split()[0]) for line in writer.stdout.read().splitlines() if line.endswith(" a")]
    writer.wait()
    opened = lesson.store(tmp_path)
    with opened.reading() as connection:
        held = {row[0] for row in connection.execute("SELECT seq FROM op")}
    assert set(acknowledged) <= held


def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path: Path):
    (tmp_path / "rooms.sqlite").write_bytes(b"not a database, " * 400)
    with pytest.raises(StoreError, match=r"cannot be used"):
        Store(tmp_path / "rooms.sqlite", days=1)
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"cannot be used"):
        Store(tmp_path / "file" / "rooms.sqlite", days=1)


def test_pupils_number_and_marks_go_with_the_room(tmp_path: Path):
    store = lesson.store(tmp_path)
    room = lesson.opened(store)
    pupil = lesson.Phone(store, room)
    pupil.mark(1)
    assert [n for _, n in pupils.everybody(store, room)] == [1]
    rooms.delete(store, room)
    with store.reading() as connection:
        for table in ("room", "text", "pupil", "op"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    assert pupil.mark(2)["gone"]
    assert factory.TEXT.encode() not in (tmp_path / "rooms.sqlite").read_bytes()
