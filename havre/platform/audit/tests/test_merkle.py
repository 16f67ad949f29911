"""The tree and the seal, by the vectors of the reference implementation of RFC 6962."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from havre.platform.audit.merkle import EMPTY, Tree, leaf, node
from havre.platform.audit.seals import FIRST, Seal, head_text, read_heads, spoken
from havre.platform.crypto.signing import is_genuine, pem, public_of, read_pem, sign

LEAVES = [
    *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# RFC 8032, 7.1, the third test.
SEED = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
PUBLIC = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
SIGNED = (
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
)


def grown(leaves):
    tree = Tree()
    for each in leaves:
        tree.add(each)
    return tree


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_reference(size):
    tree = grown(leaf(bytes.fromhex(each)) for each in LEAVES[:size])
    assert (tree.size, tree.root().hex()) == (size, ROOTS[size])


def defined(leaves):
    """As the RFC writes it down."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(defined(leaves[:split]), defined(leaves[split:]))


@pytest.mark.parametrize("size", [*range(70), 127, 128, 129, 1000])
def test_a_tree_that_grows_has_the_root_that_the_rfc_defines(size):
    leaves = [sha256(b"%d" % each).digest() for each in range(size)]
    assert grown(leaves).root() == defined(leaves)


def test_signatures_are_those_of_the_rfc():
    assert public_of(SEED).hex() == PUBLIC
    assert sign(SEED, bytes.fromhex("af82")).hex() == SIGNED
    assert is_genuine(bytes.fromhex(PUBLIC), bytes.fromhex("af82"), bytes.fromhex(SIGNED))
    assert not is_genuine(bytes.fromhex(PUBLIC), b"other", bytes.fromhex(SIGNED))
    assert not is_genuine(bytes.fromhex(PUBLIC), bytes.fromhex("af82"), b"")


def test_a_public_key_is_written_and_read():
    assert read_pem(pem(bytes.fromhex(PUBLIC))).hex() == PUBLIC
    with pytest.raises(ValueError, match="no public key"):
        read_pem("a letter")


def some_seal(**more):
    at = datetime(2026, 11, 26, 5, 30, tzinfo=UTC)
    facts = {"number": 7, "rows": 3, "since": 10, "upto": 20, "first_at": at, "last_at": at, "at": at}
    return Seal(**{**facts, "root": bytes(range(32)), "previous": FIRST, "key": bytes.fromhex(PUBLIC), **more})


def test_a_seal_is_read_from_its_words_and_from_no_other():
    seal = some_seal()
    assert Seal.read(seal.words) == seal
    for wrong in (seal.words + "\n", seal.words.replace("rows: 3", "rows: three"), "", seal.words.upper()):
        with pytest.raises(ValueError):
            Seal.read(wrong)


def test_every_word_of_a_seal_counts_in_its_head():
    heads = {some_seal(**each).head for each in ({}, {"number": 8}, {"rows": 4}, {"root": bytes(32)}, {"upto": 21})}
    assert len(heads) == 5


def test_a_head_is_ten_groups_of_five_digits_and_is_read_back_also_from_several():
    one, other = some_seal(), some_seal(number=8)
    assert [len(each) for each in spoken(one.head).split()] == [5] * 10
    assert spoken(one.head) != spoken(other.head)
    text = head_text(one) + "\nfrom our partner:\n" + head_text(other)
    assert read_heads(text) == {7: {one.head}, 8: {other.head}}
    assert read_heads("number: 7\nno head at all") == {}
