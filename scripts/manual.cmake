# SPDX-License-Identifier: GPL-2.0-or-later
#
# Manual pages and completions, made from the tables that the programs' own options come from, into share/ of the build tree, and
# installed with the programs.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# gaz_add_shared(FILE FOLDER TABLE SCRIPT [ARGUMENT...]): FOLDER/FILE of the data folder is what scripts/SCRIPT prints.
function(gaz_add_shared file folder table script)
    set(made ${PROJECT_BINARY_DIR}/share/${folder}/${file})
    get_filename_component(made_folder ${made} DIRECTORY)
    file(MAKE_DIRECTORY ${made_folder})
    add_custom_command(OUTPUT ${made}
        COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/${script} ${ARGN} > ${made}
        DEPENDS ${table} ${PROJECT_SOURCE_DIR}/scripts/${script} ${PROJECT_SOURCE_DIR}/scripts/optiontool/__init__.py
        WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
        COMMENT "Making ${file}"
        VERBATIM)
    string(MAKE_C_IDENTIFIER "gaz_${folder}_${file}" target)
    add_custom_target(${target} ALL DEPENDS ${made})
    install(FILES ${made} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/${folder} COMPONENT runtime)
endfunction()

# gaz_add_page(NAME SECTION TABLE): the page NAME(SECTION) from NAME.SECTION.in in the current folder.
function(gaz_add_page name section table)
    set(template ${CMAKE_CURRENT_SOURCE_DIR}/${name}.${section}.in)
    gaz_add_shared(${name}.${section} man/man${section} "${template};${table}" make-man
        ${template} ${table} ${PROJECT_VERSION})
endfunction()

# gaz_add_completions(PROGRAM TABLE): for the three shells, each where it looks for them.
function(gaz_add_completions program table)
    gaz_add_shared(${program} bash-completion/completions ${table} make-completions bash ${program} ${table})
    gaz_add_shared(_${program} zsh/site-functions ${table} make-completions zsh ${program} ${table})
    gaz_add_shared(${program}.fish fish/vendor_completions.d ${table} make-completions fish ${program} ${table})
endfunction()
