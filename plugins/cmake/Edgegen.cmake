# SPDX-License-Identifier: MIT-0
# edgegen_add_model: a model that follows its sources.
#
#   include(Edgegen)
#   edgegen_add_model(kitchen_model [PROJECT folder] [COPY_TO file])
#   add_dependencies(app kitchen_model)
#
# PROJECT (default: the current source folder) holds edgegen.toml and generated/. Whenever edgegen.toml, the weights, the
# labels or another file that the model was made of changes, the next build configures again and calls
# "edgegen export --if-changed", which rewrites generated/. When nothing changed, nothing is called.
#
# That happens while CMake configures, not in a build step, for two reasons: which files the model depends on is known
# only from the last export, and generated/ is committed, so it must not be an output that "clean" deletes.
#
# The target copies the model to COPY_TO (if given) when it is built. Its properties:
#   EDGEGEN_MODEL        the exported model
#   EDGEGEN_GENERATED    the folder generated/
#
# Variables to set with -D:
#   EDGEGEN_EXECUTABLE   the command (may be a list, such as "python3;-m;edgegen"); looked for on PATH if it is not given.
#                        Without one the committed model is used.
#   EDGEGEN_EXPORT       OFF: use the committed model in any case.
include_guard(GLOBAL)

find_program(EDGEGEN_EXECUTABLE edgegen DOC "edgegen, which exports the model anew when its sources change")
option(EDGEGEN_EXPORT "Export the model anew when its sources change" ON)

# Sets <result> to the absolute paths of the files that the last export read, and of the files it wrote.
function(_edgegen_files project result)
  set(files "${project}/edgegen.toml")
  set(stamp "${project}/generated/export.json")
  if(EXISTS "${stamp}")
    file(READ "${stamp}" document)
    string(JSON count ERROR_VARIABLE error LENGTH "${document}" inputs)
    if(error)
      set(count 0)
    endif()
    if(count GREATER 0)
      math(EXPR last "${count} - 1")
      foreach(index RANGE ${last})
        string(JSON name GET "${document}" inputs ${index} path)
        get_filename_component(file "${name}" ABSOLUTE BASE_DIR "${project}")
        list(APPEND files "${file}")
      endforeach()
    endif()
    string(JSON folder ERROR_VARIABLE error GET "${document}" calibration path)
    if(NOT error)
      # A picture that is added or removed changes the calibration, too.
      get_filename_component(folder "${folder}" ABSOLUTE BASE_DIR "${project}")
      file(GLOB_RECURSE pictures CONFIGURE_DEPENDS "${folder}/*")
      list(APPEND files ${pictures})
    endif()
    list(APPEND files "${stamp}")
  endif()
  list(REMOVE_DUPLICATES files)
  set(${result} "${files}" PARENT_SCOPE)
endfunction()

function(edgegen_add_model target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PROJECT;COPY_TO" "")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "edgegen_add_model(${target}): unknown arguments ${arg_UNPARSED_ARGUMENTS}; PROJECT and COPY_TO are known")
  endif()
  if(NOT arg_PROJECT)
    set(arg_PROJECT "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  get_filename_component(project "${arg_PROJECT}" ABSOLUTE)
  if(NOT EXISTS "${project}/edgegen.toml")
    message(FATAL_ERROR "edgegen_add_model(${target}): there is no edgegen.toml in ${project}")
  endif()

  if(NOT EDGEGEN_EXPORT)
    message(STATUS "${target}: EDGEGEN_EXPORT is off, using the model in ${project}/generated as it is")
  elseif(NOT EDGEGEN_EXECUTABLE)
    message(STATUS "${target}: edgegen is not on this machine, using the model in ${project}/generated as it is")
  else()
    execute_process(COMMAND ${EDGEGEN_EXECUTABLE} export --project "${project}" --if-changed RESULT_VARIABLE failed)
    if(failed)
      message(FATAL_ERROR "${target}: edgegen export failed (${failed}); its message is above. "
        "With -D EDGEGEN_EXPORT=OFF the committed model is used")
    endif()
  endif()

  # One of edgegen's runtimes: ExecuTorch, TorchScript, ONNX.
  set(model "")
  foreach(suffix IN ITEMS pte ptl onnx)
    if(EXISTS "${project}/generated/model.${suffix}")
      set(model "${project}/generated/model.${suffix}")
    endif()
  endforeach()
  if(NOT model)
    message(FATAL_ERROR "${target}: there is no model yet. Make it with: edgegen export --project \"${project}\"")
  endif()
  # Read after the export, which may depend on other files than the one before.
  _edgegen_files("${project}" files)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})

  if(arg_COPY_TO)
    get_filename_component(copy "${arg_COPY_TO}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
    get_filename_component(folder "${copy}" DIRECTORY)
    add_custom_command(
      OUTPUT "${copy}"
      COMMAND ${CMAKE_COMMAND} -E make_directory "${folder}"
      COMMAND ${CMAKE_COMMAND} -E copy "${model}" "${copy}"
      DEPENDS "${model}"
      COMMENT "Copying the model"
      VERBATIM)
    add_custom_target(${target} ALL DEPENDS "${copy}")
  else()
    add_custom_target(${target} ALL)
  endif()
  set_target_properties(${target} PROPERTIES
    EDGEGEN_MODEL "${model}"
    EDGEGEN_GENERATED "${project}/generated")
endfunction()
