"""What is given with --parameters is of the templates that are checked, or it is refused: a default would be judged."""

import json

import pytest

from tests.cli.test_reports import BAD, SKU


@pytest.fixture
def named(write, template, vm):
    """`named("a.json", "sku")`: a template whose image's SKU is a parameter of that name, with a good default."""
    good = "2022-Datacenter-Azure-Edition-Core"

    def written(file, parameter):
        declared = {parameter: {"type": "string", "defaultValue": good}}
        return write(file, template(vm({SKU: f"[parameters('{parameter}')]"}), parameters=declared))

    return written


@pytest.mark.parametrize("wrap", [lambda given: given, lambda given: {"contentVersion": "1", "parameters": given}])
def test_a_misspelt_parameter_is_refused_with_the_nearest_name(hotpatch, write, named, wrap):
    given = write("p.json", wrap({"imageSkuu": {"value": BAD[SKU]}, "size": {"value": "x"}}))
    done = hotpatch("check", named("a.json", "imageSku"), "--parameters", given)
    assert done.code == 3
    assert done.err.count("\n") == 1
    assert "p.json gives what is no parameter of a.json: 'imageSkuu'; did you mean 'imageSku'?, 'size'" in done.err


def test_a_parameter_counts_in_any_letter_case(hotpatch, write, named):
    given = write("p.json", {"IMAGESKU": {"value": BAD[SKU]}})
    assert hotpatch("check", named("a.json", "imageSku"), "--parameters", given).code == 1


def test_a_parameter_of_one_template_is_noted_of_the_other(hotpatch, write, named):
    given = write("p.json", {"first": {"value": BAD[SKU]}})
    files = [named("a.json", "first"), named("b.json", "second")]
    done = hotpatch("check", *files, "--parameters", given)
    assert done.code == 1
    assert "note: b.json: p.json gives 'first', which is no parameter of it" in done.out
    assert "note: a.json" not in done.out
    both = write("q.json", {"firts": {"value": BAD[SKU]}})
    refused = hotpatch("check", *files, "--parameters", both)
    assert (refused.code, "of any of the templates: 'firts'; did you mean 'first'?" in refused.err) == (3, True)


def test_parameters_without_a_template_are_refused(hotpatch, write, preview, vm):
    done = hotpatch("check", write("a.json", preview(vm())), "--parameters", write("p.json", {}))
    assert (done.code, "no file is an ARM template" in done.err) == (3, True)


@pytest.mark.parametrize("odd", [None, True, -1, 1e308, "x", [], [None], [["a"]]])
@pytest.mark.parametrize("rest", [{}, {"contentVersion": "1.0.0.0"}])
def test_a_parameters_file_without_an_object_of_them_is_refused(hotpatch, write, named, odd, rest):
    given = write("p.json", {"parameters": odd, **rest})
    done = hotpatch("check", named("a.json", "imageSku"), "--parameters", given)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith('hotpatch: --parameters p.json: its "parameters" is not an object: ')


def test_what_bicep_prints_of_a_parameters_file_is_its_template_with_them(check, write, template, vm):
    whole = template(vm({SKU: "[parameters('sku')]"}), parameters={"sku": {"type": "string"}})
    given = {"contentVersion": "1.0.0.0", "parameters": {"sku": {"value": "2022-datacenter-azure-edition"}}}
    built = {"parametersJson": json.dumps(given), "templateJson": json.dumps(whole), "templateSpecId": None}
    name = write("built.json", built)
    assert check(name).findings == [("HP001", "violation")]
    outcome = check(name, "--parameters", write("p.json", given))
    assert (outcome.code, "so that --parameters cannot be given" in outcome.err) == (3, True)
    elsewhere = check(write("spec.json", {**built, "templateJson": None}))
    assert (elsewhere.code, "give that template with --parameters" in elsewhere.err) == (3, True)
