# nlohmann-json: the installed package, or its headers where a machine without packages has them (build/json, see
# packaging/gpu_check.sh).
find_package(nlohmann_json QUIET)
if(NOT TARGET nlohmann_json::nlohmann_json)
    find_path(NUNATAK_JSON_INCLUDE nlohmann/json.hpp HINTS ${CMAKE_SOURCE_DIR}/build/json)
    if(NOT NUNATAK_JSON_INCLUDE)
        message(FATAL_ERROR "nlohmann-json is missing: install nlohmann-json3-dev, or put its folder \"nlohmann\" of headers "
                            "into build/json.")
    endif()
    add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED GLOBAL)
    target_include_directories(nlohmann_json::nlohmann_json SYSTEM INTERFACE ${NUNATAK_JSON_INCLUDE})
endif()
