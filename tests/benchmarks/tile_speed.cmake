# The speed of one tile; alone, because it also builds where there is no Qt.
add_executable(tile_speed EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/tile_speed.cpp)
set_target_properties(tile_speed PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(tile_speed PRIVATE nunatak_models_api nunatak_flags)
add_dependencies(tile_speed nunatak_models)
