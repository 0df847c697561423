// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/hdf5_arrays.h"

#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <hdf5.h>

namespace nunatak::tests {

namespace {

/// An HDF5 identifier that closes itself.
class Handle {
public:
    Handle(hid_t id, herr_t (*close)(hid_t)) : m_id(id), m_close(close) {
        if (id < 0) {
            throw std::runtime_error("HDF5 cannot open a part of the file");
        }
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { m_close(m_id); }
    operator hid_t() const { return m_id; }

private:
    hid_t m_id;
    herr_t (*m_close)(hid_t);
};

bool isNumeric(hid_t type) {
    const auto kind = H5Tget_class(type);
    return kind == H5T_FLOAT || kind == H5T_INTEGER;
}

models::Tensor emptyTensor(hid_t space) {
    std::vector<hsize_t> extents(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space))));
    H5Sget_simple_extent_dims(space, extents.data(), nullptr);
    models::Tensor tensor;
    tensor.shape.assign(extents.begin(), extents.end());
    tensor.values.resize(static_cast<std::size_t>(tensor.elements()));
    return tensor;
}

models::Tensor readDataset(hid_t dataset) {
    const Handle space(H5Dget_space(dataset), H5Sclose);
    auto tensor = emptyTensor(space);
    if (!tensor.values.empty() &&
        H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, tensor.values.data()) < 0) {
        throw std::runtime_error("HDF5 cannot read a dataset");
    }
    return tensor;
}

std::vector<std::string> readTexts(hid_t object, const char* name) {
    std::vector<std::string> texts;
    const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    const Handle type(H5Aget_type(attribute), H5Tclose);
    const auto count = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space));
    // Keras writes an empty list of names as an array of numbers.
    if (H5Tget_class(type) != H5T_STRING || count == 0) {
        return texts;
    }
    if (H5Tis_variable_str(type) > 0) {
        std::vector<char*> pointers(count);
        H5Aread(attribute, type, pointers.data());
        texts.assign(pointers.begin(), pointers.end());
        H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
        return texts;
    }
    const auto width = H5Tget_size(type);
    std::vector<char> characters(count * width + 1);
    H5Aread(attribute, type, characters.data());
    for (std::size_t i = 0; i < count; ++i) {
        const auto* begin = characters.data() + i * width;
        texts.emplace_back(begin, ::strnlen(begin, width));
    }
    return texts;
}

struct Found {
    models::NamedTensors* arrays;
    std::string path;
};

herr_t visitAttribute(hid_t object, const char* name, const H5A_info_t*, void* data) {
    auto& found = *static_cast<Found*>(data);
    const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
    const Handle type(H5Aget_type(attribute), H5Tclose);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    if (isNumeric(type)) {
        auto tensor = emptyTensor(space);
        if (!tensor.values.empty() && H5Aread(attribute, H5T_NATIVE_FLOAT, tensor.values.data()) < 0) {
            return -1;
        }
        (*found.arrays)[found.path + "@" + name] = std::move(tensor);
    }
    return 0;
}

herr_t visitObject(hid_t file, const char* name, const H5O_info_t* info, void* data) {
    const std::string path = std::strcmp(name, ".") == 0 ? "" : name;
    Found found{static_cast<models::NamedTensors*>(data), path};
    const Handle object(H5Oopen(file, name, H5P_DEFAULT), H5Oclose);
    H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, visitAttribute, &found);
    if (info->type == H5O_TYPE_DATASET) {
        const Handle type(H5Dget_type(object), H5Tclose);
        if (isNumeric(type)) {
            (*found.arrays)[path] = readDataset(object);
        }
    }
    return 0;
}

void addKerasWeights(hid_t file, models::NamedTensors& arrays) {
    int index = 0;
    for (const auto& layer : readTexts(file, "layer_names")) {
        const Handle group(H5Gopen2(file, layer.c_str(), H5P_DEFAULT), H5Gclose);
        for (const auto& name : readTexts(group, "weight_names")) {
            char number[16];
            std::snprintf(number, sizeof number, "%04d", index++);
            const Handle dataset(H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose);
            arrays["keras/" + std::string(number) + "/" + name] = readDataset(dataset);
        }
    }
}

} // namespace

models::NamedTensors readHdf5Arrays(const std::filesystem::path& file) {
    const Handle handle(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    models::NamedTensors arrays;
    if (H5Ovisit(handle, H5_INDEX_NAME, H5_ITER_NATIVE, visitObject, &arrays) < 0) {
        throw std::runtime_error("HDF5 cannot read " + file.string());
    }
    if (H5Aexists(handle, "layer_names") > 0) {
        addKerasWeights(handle, arrays);
    }
    return arrays;
}

} // namespace nunatak::tests
