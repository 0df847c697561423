# The GPU path beside the processor; alone, because it also builds where there is no Qt or GDAL.
# packaging/gpu_check.sh builds and runs it.
add_executable(gpu_check EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/gpu_check.cpp)
set_target_properties(gpu_check PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(gpu_check PRIVATE nunatak_models_api nunatak_flags)
add_dependencies(gpu_check nunatak_models)
