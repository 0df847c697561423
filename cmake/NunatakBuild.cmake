# How every target of the project is compiled, and where what is built lies.
#
# The build tree has the layout of an installation (bin/, lib/nunatak/, share/nunatak/), so that the programs
# find their shaders, models and module relative to themselves in both.
include(GNUInstallDirs)
include(NunatakPrecompiled)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(NUNATAK_MODULE_DIRECTORY ${CMAKE_BINARY_DIR}/lib/nunatak)
set(NUNATAK_SHARE_DIRECTORY ${CMAKE_BINARY_DIR}/share/nunatak)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Paths relative to the checkout, so that another checkout of the same sources finds what this one compiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
    if(NUNATAK_PRECOMPILED) # ccache wants to hear that it may
        list(INSERT CMAKE_CXX_COMPILER_LAUNCHER 3 CCACHE_SLOPPINESS=pch_defines,time_macros)
    endif()
endif()

# The linker that takes a tenth of the time: two hundred test programs are linked.
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12.1)
    add_link_options(-fuse-ld=mold)
endif()

# The flags of our own code; third-party headers are SYSTEM includes and stay quiet.
add_library(nunatak_flags INTERFACE)
target_compile_options(nunatak_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                                               -Woverloaded-virtual)
if(NUNATAK_WARNINGS_AS_ERRORS)
    target_compile_options(nunatak_flags INTERFACE -Werror)
endif()
if(NUNATAK_SANITIZER)
    add_compile_options(-fsanitize=${NUNATAK_SANITIZER} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${NUNATAK_SANITIZER})
endif()

# nunatak_library(NAME INCLUDE DIR [LINKS …] [PRIVATE_LINKS …] [HEADERS KIND]): a static library of all .cpp files in
# this folder. INCLUDE is the folder its public headers are included from. HEADERS: which headers of others are parsed
# once (NunatakPrecompiled.cmake), where that is not what the folder says.
function(nunatak_library name)
    cmake_parse_arguments(ARG "" "INCLUDE;HEADERS" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h)
    list(APPEND sources ${ARG_SOURCES})
    if(NOT sources MATCHES "\\.cpp")
        file(WRITE ${CMAKE_BINARY_DIR}/empty.cpp "")
        list(APPEND sources ${CMAKE_BINARY_DIR}/empty.cpp)
    endif()
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${ARG_INCLUDE})
    target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS} nunatak_flags)
    if(ARG_HEADERS)
        nunatak_precompile(${name} ${ARG_HEADERS})
    elseif(NUNATAK_HEADERS)
        nunatak_precompile(${name} ${NUNATAK_HEADERS})
    endif()
endfunction()
