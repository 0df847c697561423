# Throughput of a whole scene beside that of bare tiles; alone, because it also builds where there is no Qt or GDAL.
add_executable(scene_throughput EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/scene_throughput.cpp)
set_target_properties(scene_throughput PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_link_libraries(scene_throughput PRIVATE nunatak_engine nunatak_models_api Threads::Threads nunatak_flags)
add_dependencies(scene_throughput nunatak_models)
