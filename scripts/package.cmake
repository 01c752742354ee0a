# SPDX-License-Identifier: GPL-2.0-or-later
#
# Debian packages, made by scripts/package: gazette, with the programs and the library, and libgazette-dev for who writes programs.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gazette)
set(CPACK_PACKAGE_VENDOR "the gazette project")
set(CPACK_PACKAGE_CONTACT "the gazette project <gazette@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_COMPONENTS_ALL runtime dev)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME gazette)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION text)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS less)
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libgazette-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "gazette (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
"Finds documents by number in any spelling, what a government unit is
responsible for, and any phrase, with page and clause, in the damaged text of
Chinese government gazettes. On the command line, in a browser, and for
assistants.")
set(CPACK_COMPONENT_DEV_DESCRIPTION
"Header and pkg-config file of libgazette, with which a program searches
archives of gazettes.")

# The licence, where Debian looks for it.
foreach(package IN ITEMS runtime dev)
    string(TOUPPER ${package} upper)
    install(FILES ${PROJECT_SOURCE_DIR}/LICENSE RENAME copyright
        DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME} COMPONENT ${package})
endforeach()
include(CPack)
