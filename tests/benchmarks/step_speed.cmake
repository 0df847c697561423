# The speed of one training step; alone, because it also builds where there is no Qt.
add_executable(step_speed EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/step_speed.cpp)
set_target_properties(step_speed PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(step_speed PRIVATE nunatak_models_api nunatak_flags)
add_dependencies(step_speed nunatak_models)
