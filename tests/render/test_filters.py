"""A hostile text, written as a literal of a format and read back by that format's own reader, is the same text."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from edgegen.render import filters
from tests.swift.toolchain import need_swift, run_swift
from tests.toolchains import missing, need

HOSTILE = [
    'Tom & Jerry\'s "Ünïcode"',
    "back\\slash and trailing \\",
    "${HOME} $(id) `id` $ENV{PATH} ;a;b;",
    "trigraph ??= ??/ and \x01 then 7",
    "line\nbreak\ttab\rreturn",
    "{{ jinja }} {% if %} */ // # <b>&amp;</b>",
    "\x7f end",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_and_python_and_shell_and_toml(text: str) -> None:
    assert json.loads(filters.json_string(text)) == text
    assert eval(filters.python_string(text)) == text
    assert shlex.split(filters.sh_quote(text)) == [text]
    assert tomllib.loads(f"x = {filters.toml_string(text)}")["x"] == text


def test_cpp_strings_are_what_the_compiler_reads(tmp_path: Path) -> None:
    compiler = need("g++")
    literals = ",\n".join(filters.cpp_string(text) for text in HOSTILE)
    source = tmp_path / "t.cpp"
    source.write_text(
        "#include <cstdio>\n#include <string>\nint main() {\n"
        f"  const std::string texts[] = {{{literals}}};\n"
        "  for (const auto& t : texts) { std::fwrite(t.data(), 1, t.size(), stdout); std::fputc(0, stdout); }\n}\n",
        encoding="utf-8",
    )
    subprocess.run([compiler, "-std=c++17", "-trigraphs", source, "-o", tmp_path / "t"], check=True)
    printed = subprocess.run([tmp_path / "t"], check=True, capture_output=True).stdout
    assert printed.split(b"\0")[:-1] == [text.encode() for text in HOSTILE]


def test_cmake_strings_are_what_cmake_reads(tmp_path: Path) -> None:
    cmake = need("cmake")
    script = tmp_path / "t.cmake"
    lines = [
        f"file(WRITE {filters.cmake_string(str(tmp_path / str(i)))} {filters.cmake_string(t)})"
        for i, t in enumerate(HOSTILE)
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    subprocess.run([cmake, "-P", script], check=True)
    assert [(tmp_path / str(i)).read_bytes().decode() for i in range(len(HOSTILE))] == HOSTILE


_PRINT_ALL = """
import java.nio.charset.StandardCharsets;
class T {
    public static void main(String[] arguments) throws Exception {
        String[] texts = %s;
        for (String text : texts) {
            System.out.write((text + "\\0").getBytes(StandardCharsets.UTF_8));
        }
        System.out.flush();
    }
}
"""
_READ_PROPERTIES = """stream(java.util.stream.IntStream.range(0, %d).toArray()).mapToObj(i -> {
            try (java.io.InputStream file = new java.io.FileInputStream("t.properties")) {
                java.util.Properties read = new java.util.Properties();
                read.load(file);
                return read.getProperty("key" + i);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }).toArray(String[]::new)"""


def run_java(folder: Path, texts: str) -> list[str]:
    """What one Java file prints of the array `texts`, run by `java T.java`."""
    (folder / "T.java").write_text(_PRINT_ALL % texts, encoding="utf-8")
    command = [need("java"), "-Dfile.encoding=UTF-8", "T.java"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().split("\0")[:-1]


def test_java_strings_are_what_the_compiler_reads(tmp_path: Path) -> None:
    assert run_java(tmp_path, "{" + ", ".join(filters.java_string(text) for text in HOSTILE) + "}") == HOSTILE


def test_properties_are_what_java_reads(tmp_path: Path) -> None:
    texts = [*HOSTILE, "  two spaces", "= : # !", "astral 😀"]
    lines = "".join(f"key{i}={filters.properties_value(text)}\n" for i, text in enumerate(texts))
    (tmp_path / "t.properties").write_text(lines, encoding="latin-1")
    assert run_java(tmp_path, f"java.util.Arrays.{_READ_PROPERTIES % len(texts)}") == texts


def test_groovy_strings_are_what_groovy_reads(tmp_path: Path) -> None:
    jar = Path("/usr/share/java/groovy-all.jar")
    if not jar.is_file():
        missing("Groovy is not on this machine; `make setup` installs it with Gradle")
    script = tmp_path / "t.groovy"
    literals = ", ".join(filters.groovy_string(text) for text in HOSTILE)
    script.write_text(
        f"for (text in [{literals}]) System.out.write((text + '\\0').getBytes('UTF-8'))\n", encoding="utf-8"
    )
    command = [need("java"), "-Dfile.encoding=UTF-8", "-cp", str(jar), "groovy.ui.GroovyMain", str(script)]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    assert printed.decode().split("\0")[:-1] == HOSTILE


def test_xml_is_what_a_parser_reads() -> None:
    for text in HOSTILE:
        kept = text.replace("\x01", "\ufffd")
        element = ElementTree.fromstring(f'<a b="{filters.xml_attribute(text)}">{filters.xml_text(text)}</a>')
        assert element.text == kept
        # A literal carriage return is kept by its reference, in the attribute too.
        assert element.get("b") == kept


def test_string_resources_are_what_the_app_will_see(tmp_path: Path) -> None:
    """aapt2's own rules on top of XML's: quotes, white space, references."""
    aapt2 = need("aapt2")
    texts = [text for text in HOSTILE if "\x01" not in text and "\r" not in text]
    texts += ["@string/app", "?attr/x", "  two  spaces  ", "100 % of 5 % %s", "'", '"', "\\n", "line\nbreak\ttab"]
    strings = "".join(
        f'<string name="s{index}" formatted="false">{filters.android_string(text)}</string>\n'
        for index, text in enumerate(texts)
    )
    values = tmp_path / "res" / "values"
    values.mkdir(parents=True)
    (values / "strings.xml").write_text(f"<resources>\n{strings}</resources>\n", encoding="utf-8")
    (tmp_path / "AndroidManifest.xml").write_text('<manifest package="a.b"/>', encoding="utf-8")
    subprocess.run([aapt2, "compile", "--dir", "res", "-o", "res.zip"], cwd=tmp_path, check=True)
    link = [aapt2, "link", "--manifest", "AndroidManifest.xml", "-o", "t.apk", "res.zip"]
    subprocess.run(link, cwd=tmp_path, check=True)
    dump = subprocess.run([aapt2, "dump", "strings", "t.apk"], cwd=tmp_path, check=True, capture_output=True)
    pool = dump.stdout.decode()
    for text in texts:
        assert f" : {text}\n" in pool, pool


@pytest.mark.parametrize("text", HOSTILE)
def test_a_comment_cannot_be_left(text: str) -> None:
    shown = filters.comment_text(text)
    assert "\n" not in shown
    assert "*/" not in shown
    assert not shown.endswith("\\")


@pytest.mark.parametrize("text", [*HOSTILE, "Name;", "two  spaces ", "$(HOME)", "a//b///c", "trailing $"])
def test_xcconfig_values_are_what_xcode_reads(text: str) -> None:
    assert _read_xcconfig(f"NAME = {filters.xcconfig_value(text)}\n") == re.sub(r"[\n\r]", " ", text).replace("\t", " ")


def _read_xcconfig(line: str) -> str:
    """The value of the one setting, by the rules of Xcode's build system (its swift-build is public)."""
    value = line.removesuffix("\n").partition("=")[2].partition("//")[0].strip(" \t\v\f")
    assert "\n" not in value
    assert not value.endswith("\\")  # It would go on in the next line.
    return re.sub(r"\$(\$|\(\))", lambda match: "$" if match[1] == "$" else "", value.removesuffix(";"))


def test_ruby_strings_are_what_ruby_reads(tmp_path: Path) -> None:
    need_swift()  # Ruby stands beside it.
    texts = [*HOSTILE, "#{1 + 1}"]
    script = tmp_path / "t.rb"
    listed = ",\n".join(filters.ruby_string(text) for text in texts)
    script.write_text(f"# encoding: utf-8\np [{listed}].map(&:bytes)\n", encoding="utf-8")
    done = run_swift(["ruby", script], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [bytes(text).decode() for text in json.loads(done.stdout)] == texts


def test_swift_strings_are_what_the_compiler_reads(tmp_path: Path) -> None:
    need_swift()
    texts = [*HOSTILE, "\\(1 + 1)"]
    source = tmp_path / "main.swift"
    listed = ",\n".join(filters.swift_string(text) for text in texts)
    source.write_text(f"let texts: [String] = [{listed}]\nprint(texts.map {{ Array($0.utf8) }})\n", encoding="utf-8")
    built = run_swift(["swiftc", "-Onone", source, "-o", tmp_path / "t"], cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    printed = run_swift([tmp_path / "t"], cwd=tmp_path).stdout
    assert [bytes(text).decode() for text in json.loads(printed)] == texts
