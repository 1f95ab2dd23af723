"""The index that a person gave to pip is the one that uv asks."""

from set_up.pip_settings import for_uv

LISTING = """\
:env:.default-timeout='180'
global.cert='/etc/ssl/ca.pem'
global.extra-index-url='\\nhttps://one/simple\\nhttps://two/simple'
global.index-url='https://weak/simple'
install.index-url='https://strong/simple'
"""


def test_reads_index_further_indexes_and_authority() -> None:
    assert for_uv(LISTING, {}) == {
        "SSL_CERT_FILE": "/etc/ssl/ca.pem",
        "UV_DEFAULT_INDEX": "https://strong/simple",
        "UV_INDEX": "https://one/simple https://two/simple",
    }


def test_a_variable_is_stronger_than_a_file() -> None:
    assert for_uv(f":env:.index-url='https://strongest'\n{LISTING}", {})["UV_DEFAULT_INDEX"] == "https://strongest"


def test_what_was_said_to_uv_itself_is_left_alone() -> None:
    assert "UV_DEFAULT_INDEX" not in for_uv(LISTING, {"UV_DEFAULT_INDEX": "https://theirs"})


def test_no_setting_is_no_variable() -> None:
    assert for_uv("", {}) == {}
