"""project.pbxproj with edgegen's package and its build phase in it, and without them again.

What is put in are objects of edgegen's own, known by their ids, and their ids in lists of the user's objects. `plan`
inserts them as text and touches nothing else; `without` takes them out by their ids, so that it also works in a file
that Xcode has written anew in between.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from edgegen.errors import ProjectError
from edgegen.platforms.pbxproj import Graph, Ref
from edgegen.projects.text_edit import Edit, Insertion
from edgegen.projects.xcode_plist import Array, Dictionary, String, Value
from edgegen.projects.xcode_project import Target, XcodeProject, parse_project

FOLDER: Final = "ModelKit"
EXPORT: Final = "Export model"
_GENERATED: Final = f"$(SRCROOT)/{FOLDER}/Generated"
_SCRIPT: Final = f"$(SRCROOT)/{FOLDER}/edgegen/export-model.sh"
# From here on (Xcode 15's format) a local package is an object of its own; before, it is a folder among the files.
_LOCAL_PACKAGES: Final = 60
# The app's phase for what it links, made where it has none: class, key and comment.
_FRAMEWORKS: Final = ("PBXFrameworksBuildPhase", FOLDER, "Frameworks")
_REST_OF_ITEM: Final = re.compile(r"[ \t]*(?:/\*.*?\*/)?[ \t]*,?")


def our_ids(project: XcodeProject) -> set[str]:
    """The ids of edgegen's objects that are in the project."""
    graph = _Addition(project, None, package=True).graph
    ids = {ref.id for ref in (*graph.refs(), graph.ref(*_FRAMEWORKS))}
    return {entry.key.text for entry in project.objects.entries} & ids


def plan(project: XcodeProject, target: Target, *, package: bool) -> Edit:
    """The edit that makes `target` depend on ModelKit (with `package`, as a Swift package) and on its export.

    No insertions where the project has them. Raises ProjectError where edgegen does not know how to put them in.
    """
    if our_ids(project):
        return Edit(project.path, project.data, project.data, (), ())
    _require_understood(project)
    addition = _Addition(project, target, package=package)
    insertions = addition.insertions()
    data = _inserted(project.text, insertions).encode("utf-8")
    _require_whole(parse_project(project.path, data), addition.graph)
    return Edit(project.path, project.data, data, tuple(insertions), addition.made())


def without(project: XcodeProject, made: Collection[tuple[str, str]]) -> bytes:
    """The project file without edgegen's objects and what names them; as it was before where nothing else changed.

    `made` are the lists that `plan` made; they go too when they are empty. Raises ProjectError where an object of the
    user's, another target say, needs one of edgegen's.
    """
    ids = our_ids(project) - _filled_by_the_user(project)
    _require_unused(project, ids)
    cuts: list[tuple[int, int]] = []
    for entry in project.objects.entries:
        if entry.key.text in ids:
            cuts.append(_line(project.text, entry.start, entry.end))
        elif isinstance(entry.value, Dictionary):
            keys = {key for owner, key in made if owner == entry.key.text}
            cuts += _cuts_of_lists(project.text, entry.value, ids, keys)
    text = project.text
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    return _without_empty_sections(text, project.text).encode("utf-8")


def _require_understood(project: XcodeProject) -> None:
    if project.object_version < 46:
        project.refuse(f"has the format {project.object_version or '?'}, older than edgegen knows")
    if project.project.text("projectDirPath"):
        project.refuse("keeps its files in another folder (projectDirPath)")
    for entry in project.objects.entries:
        item = entry.value
        assert isinstance(item, Dictionary)
        if FOLDER in (item.text("relativePath"), item.text("productName")) and str(item.text("isa")).startswith("XC"):
            project.refuse(f"has a package {FOLDER} already")
        if item.text("isa") == "PBXAggregateTarget" and item.text("name") == EXPORT:
            project.refuse(f"has a target {EXPORT!r} already")


def _filled_by_the_user(project: XcodeProject) -> set[str]:
    """The phase for frameworks, if `plan` had to make it and something of the user's is in it now: it is theirs."""
    phase = Graph(f"edgegen {project.project_id}").ref(*_FRAMEWORKS).id
    item = project.object(phase)
    return {phase} if item is not None and set(item.texts("files")) - our_ids(project) else set()


def _require_unused(project: XcodeProject, ids: set[str]) -> None:
    """No object of the user's stands on one of edgegen's: lists are only entered."""
    for entry in project.objects.entries:
        assert isinstance(entry.value, Dictionary)
        named = {item.value.text for item in entry.value.entries if isinstance(item.value, String)}
        if entry.key.text in ids or not named & ids:
            continue
        users = [
            target.text("name") or key
            for key in project.project.texts("targets")
            if (target := project.object(key)) is not None
            and entry.key.text in (*target.texts("dependencies"), *target.texts("packageProductDependencies"))
        ]
        raise ProjectError(
            f"uses {FOLDER} in {', '.join(users) or entry.key.text}, too",
            where=str(project.path),
            hint="Take it out of there in Xcode, and run this again",
        )


def _require_whole(project: XcodeProject, graph: Graph) -> None:
    """Every object that was put in is there, and is named by another."""
    named = {item.text for entry in project.objects.entries for item in _strings(entry.value)}
    for ref in graph.refs():
        if project.object(ref.id) is None or ref.id not in named:
            project.refuse(f"would lack {ref.comment!r} after the change")


class _Addition:
    """What is put into one project."""

    def __init__(self, project: XcodeProject, target: Target | None, *, package: bool) -> None:
        self._project = project
        self._target = target
        self._text = project.text
        self._newline = "\r\n" if "\r\n" in project.text else "\n"
        self.graph = Graph(f"edgegen {project.project_id}")
        # (id of the user's object, its list, what is added to it)
        self._items: list[tuple[str, str, Ref]] = []
        self._export()
        if package:
            self._package()

    def insertions(self) -> list[Insertion]:
        """Everything, by its place in the text as it is before."""
        objects: dict[str, list[str]] = {}
        for ref, text in self.graph.entries():
            objects.setdefault(ref.isa, []).append(text)
        found = [self._objects(isa, texts) for isa, texts in objects.items()]
        found += [self._item(owner, key, ref) for owner, key, ref in self._items]
        return sorted(found, key=lambda insertion: insertion.offset)

    def made(self) -> tuple[tuple[str, str], ...]:
        """The lists that have to be made."""
        owners = ((self._project.object(owner), owner, key) for owner, key, _ in self._items)
        return tuple((owner, key) for item, owner, key in owners if item is not None and item.get(key) is None)

    def _package(self) -> None:
        graph, local = self.graph, self._project.object_version >= _LOCAL_PACKAGES
        product = graph.ref("XCSwiftPackageProductDependency", FOLDER)
        if local:
            reference = graph.add(
                "XCLocalSwiftPackageReference", FOLDER, f'XCLocalSwiftPackageReference "{FOLDER}"', relativePath=FOLDER
            )
            self._items.append((self._project.project_id, "packageReferences", reference))
        else:
            fields = {"lastKnownFileType": "wrapper", "path": FOLDER, "sourceTree": "SOURCE_ROOT"}
            reference = graph.add("PBXFileReference", FOLDER, **fields)
            self._items.append((self._project.project.text("mainGroup") or "", "children", reference))
        graph.put(product, **({"package": reference} if local else {}), productName=FOLDER)
        build = graph.add("PBXBuildFile", FOLDER, f"{FOLDER} in Frameworks", productRef=product)
        if self._target is None:
            return
        self._items.append((self._target.id, "packageProductDependencies", product))
        phase = self._frameworks()
        if phase is None:
            made = graph.add(
                *_FRAMEWORKS,
                buildActionMask=2147483647,
                files=[build],
                runOnlyForDeploymentPostprocessing=0,
            )
            self._items.append((self._target.id, "buildPhases", made))
        else:
            self._items.append((phase, "files", build))

    def _frameworks(self) -> str | None:
        assert self._target is not None
        for key in self._target.object.texts("buildPhases"):
            phase = self._project.object(key)
            if phase is not None and phase.text("isa") == "PBXFrameworksBuildPhase":
                return key
        return None

    def _export(self) -> None:
        graph, project = self.graph, Ref(self._project.project_id, "PBXProject", "Project object")
        target = graph.ref("PBXAggregateTarget", EXPORT)
        phase = graph.add(
            "PBXShellScriptBuildPhase",
            EXPORT,
            buildActionMask=2147483647,
            files=[],
            inputFileListPaths=[f"{_GENERATED}/inputs.xcfilelist"],
            inputPaths=[_SCRIPT],
            name=EXPORT,
            outputFileListPaths=[f"{_GENERATED}/outputs.xcfilelist"],
            outputPaths=[],
            runOnlyForDeploymentPostprocessing=0,
            shellPath="/bin/sh",
            shellScript=f'exec /bin/sh "$SRCROOT/{FOLDER}/edgegen/export-model.sh" "$SRCROOT/{FOLDER}"\n',
        )
        names = [name for name, _ in self._project.configurations(self._project.project)]
        configurations = [
            graph.add("XCBuildConfiguration", name, buildSettings={"PRODUCT_NAME": "$(TARGET_NAME)"}, name=name)
            for name in names
        ]
        listed = graph.add(
            "XCConfigurationList",
            EXPORT,
            f'Build configuration list for PBXAggregateTarget "{EXPORT}"',
            buildConfigurations=configurations,
            defaultConfigurationIsVisible=0,
            defaultConfigurationName=names[-1] if names else "Release",
        )
        graph.put(
            target,
            buildConfigurationList=listed,
            buildPhases=[phase],
            dependencies=[],
            name=EXPORT,
            packageProductDependencies=[],
            productName=EXPORT,
        )
        proxy = graph.add(
            "PBXContainerItemProxy",
            EXPORT,
            "PBXContainerItemProxy",
            containerPortal=project,
            proxyType=1,
            remoteGlobalIDString=target.id,
            remoteInfo=EXPORT,
        )
        dependency = graph.add("PBXTargetDependency", EXPORT, "PBXTargetDependency", target=target, targetProxy=proxy)
        self._items.append((self._project.project_id, "targets", target))
        if self._target is not None:
            self._items.append((self._target.id, "dependencies", dependency))

    def _objects(self, isa: str, texts: Iterable[str]) -> Insertion:
        """The objects of a class in its section, at its end; in a new one, where Xcode would have it, if need be."""
        lines = "".join(text.replace("\n", self._newline) + self._newline for text in texts)
        end = self._text.find(f"/* End {isa} section */")
        if end >= 0:
            return Insertion(_line_start(self._text, end), lines)
        begins = [(match[1], match.start()) for match in re.finditer(r"/\* Begin (\w+) section \*/", self._text)]
        later = [at for other, at in begins if other > isa]
        section = f"/* Begin {isa} section */{self._newline}{lines}/* End {isa} section */{self._newline}"
        if later:
            return Insertion(_line_start(self._text, later[0]), section + self._newline)
        brace = _line_start(self._text, self._project.objects.end - 1)
        return Insertion(brace, self._newline + section if begins else lines)

    def _item(self, owner: str, key: str, ref: Ref) -> Insertion:
        """An id in a list of one of the user's objects, at its end; the list is made where there is none."""
        item = self._project.object(owner)
        if item is None:
            self._project.refuse(f"names the object {owner or '?'}, which is not in it")
        value = item.get(key)
        named = f"{ref.id} /* {ref.comment} */,"
        if value is None:
            return self._new_list(item, key, named)
        if not isinstance(value, Array):
            self._project.refuse(f"has something else than a list for {key}")
        close = value.end - 1
        start = _line_start(self._text, close)
        comma = value.items and "," not in self._text[value.items[-1].end : close]
        if self._text[start:close].strip() or comma:
            return Insertion(close, f"{', ' if comma else ''}{named} ")
        indent = self._text[start:close] + "\t"
        return Insertion(start, f"{indent}{named}{self._newline}")

    def _new_list(self, item: Dictionary, key: str, named: str) -> Insertion:
        later = next((e.start for e in item.entries if e.key.text != "isa" and e.key.text > key), item.end - 1)
        start = _line_start(self._text, later)
        if self._text[start:later].strip():
            return Insertion(later, f"{key} = ({named} ); ")
        indent = self._text[start:later] + ("\t" if later == item.end - 1 else "")
        lines = (f"{indent}{key} = (", f"{indent}\t{named}", f"{indent});", "")
        return Insertion(start, self._newline.join(lines))


def _inserted(text: str, insertions: Iterable[Insertion]) -> str:
    parts, at = [], 0
    for insertion in insertions:
        parts += [text[at : insertion.offset], insertion.text]
        at = insertion.offset
    return "".join((*parts, text[at:]))


def _cuts_of_lists(text: str, item: Dictionary, ids: set[str], made: set[str]) -> Iterator[tuple[int, int]]:
    """Where ids of ours stand in the lists of one object; the whole list where we made it and nothing is left in it."""
    for entry in item.entries:
        if entry.key.text in ids:  # Xcode notes in the project's TargetAttributes which version made a target.
            yield _line(text, entry.start, entry.end)
        elif isinstance(entry.value, Dictionary):
            yield from _cuts_of_lists(text, entry.value, ids, made)
        if not isinstance(entry.value, Array):
            continue
        ours = [value for value in entry.value.items if isinstance(value, String) and value.text in ids]
        if ours and entry.key.text in made and len(ours) == len(entry.value.items):
            yield _line(text, entry.start, entry.end)
            continue
        for value in ours:
            rest = _REST_OF_ITEM.match(text, value.end)
            assert rest is not None
            yield _line(text, value.start, rest.end())


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) with the rest of its lines, where there is nothing else on them; else with one space behind it."""
    first = _line_start(text, start)
    last = re.compile(r"[ \t]*(?:\r?\n|$)").match(text, end)
    if last is not None and not text[first:start].strip():
        return first, last.end()
    return start, end + (text[end : end + 1] == " ")


def _without_empty_sections(text: str, before: str) -> str:
    """Without the sections that lost their last object; `before` is the text that still had it."""
    for isa in re.findall(r"/\* Begin (\w+) section \*/\s*/\* End \1 section \*/", text):
        if re.search(rf"/\* Begin {isa} section \*/\s*/\* End {isa} section \*/", before):
            continue
        section = rf"/\* Begin {isa} section \*/\r?\n/\* End {isa} section \*/\r?\n"
        shorter = re.sub(section + r"\r?\n", "", text)
        text = shorter if shorter != text else re.sub(r"\r?\n" + section, "", text)
    return text


def _strings(value: Value) -> Iterator[String]:
    if isinstance(value, String):
        yield value
    elif isinstance(value, Array):
        for item in value.items:
            yield from _strings(item)
    else:
        for entry in value.entries:
            yield from _strings(entry.value)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1
