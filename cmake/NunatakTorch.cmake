# LibTorch for the models module, as the target nunatak_torch. Two worlds:
#   Debian's libtorch-dev, found by itself;
#   LibTorch 2.x as it comes in PyTorch's wheel (or unpacked from pytorch.org):
#     -DNUNATAK_TORCH_WHEEL=<site-packages>/torch, or
#     -DCMAKE_PREFIX_PATH=$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)')
#
# Of the second only the libraries and headers are used, not its CMake files: those of a CUDA build want nvcc,
# which a machine that only runs networks has not, and beside libtorch-dev they find Debian's libc10.
set(NUNATAK_TORCH_WHEEL "" CACHE PATH "Folder 'torch' of an installed PyTorch to build models/ against; empty: Debian's")

set(torch_root ${NUNATAK_TORCH_WHEEL})
if(NOT torch_root)
    foreach(folder IN LISTS Torch_DIR CMAKE_PREFIX_PATH)
        foreach(config ${folder}/TorchConfig.cmake ${folder}/Torch/TorchConfig.cmake
                       ${folder}/share/cmake/Torch/TorchConfig.cmake)
            get_filename_component(above "${config}/../../../.." ABSOLUTE)
            if(NOT torch_root AND EXISTS ${config} AND EXISTS ${above}/lib/libtorch_cpu.so)
                set(torch_root ${above})
            endif()
        endforeach()
    endforeach()
endif()

add_library(nunatak_torch INTERFACE)
# Headers by operator: a source that includes what it uses compiles in seconds instead of half a minute.
target_compile_definitions(nunatak_torch INTERFACE AT_PER_OPERATOR_HEADERS)

if(torch_root)
    set(torch_libraries)
    foreach(name torch torch_cpu torch_cuda c10 c10_cuda)
        set(file ${torch_root}/lib/lib${name}.so)
        if(EXISTS ${file})
            add_library(torch_library_${name} SHARED IMPORTED GLOBAL)
            set_target_properties(torch_library_${name} PROPERTIES IMPORTED_LOCATION ${file})
            list(APPEND torch_libraries torch_library_${name})
        elseif(NOT name MATCHES "cuda")
            message(FATAL_ERROR "There is no LibTorch in ${torch_root}: lib/lib${name}.so is missing; give the folder \"torch\" "
                                "of an installed PyTorch as NUNATAK_TORCH_WHEEL.")
        endif()
    endforeach()
    target_include_directories(nunatak_torch SYSTEM INTERFACE ${torch_root}/include
                                                              ${torch_root}/include/torch/csrc/api/include)
    # Nothing calls into libtorch_cuda by name: it registers itself when it is loaded. What it needs itself lies
    # in other wheels, which it finds when the program runs.
    target_link_options(nunatak_torch INTERFACE -Wl,--allow-shlib-undefined)
    target_link_libraries(nunatak_torch INTERFACE -Wl,--push-state,--no-as-needed ${torch_libraries}
                                                  -Wl,--pop-state)
    set(NUNATAK_TORCH_RPATH ${torch_root}/lib)
    message(STATUS "LibTorch of ${torch_root}")
else()
    find_package(Torch REQUIRED)
    # The headers are those beside the CMake files; the libraries must be, too.
    get_filename_component(beside "${Torch_DIR}/../.." ABSOLUTE)
    foreach(file IN ITEMS "${TORCH_LIBRARY}" "${C10_LIBRARY}")
        get_filename_component(folder "${file}" DIRECTORY)
        if(file AND NOT folder STREQUAL beside)
            message(FATAL_ERROR "Two LibTorch are mixed: the headers are those of ${beside}, but ${file} was found; give "
                                "-DNUNATAK_TORCH_WHEEL=<the folder \"torch\" of the one you want> to a fresh build "
                                "folder, or take the other one out of CMAKE_PREFIX_PATH and CMAKE_LIBRARY_PATH.")
        endif()
    endforeach()
    target_include_directories(nunatak_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
    target_link_libraries(nunatak_torch INTERFACE ${TORCH_LIBRARIES})
    set(NUNATAK_TORCH_RPATH "")
endif()
