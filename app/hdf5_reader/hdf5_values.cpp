// SPDX-License-Identifier: GPL-3.0-or-later
#include "hdf5_values.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace nunatak::hdf5_reader {

namespace {

constexpr std::uint64_t slabValues = std::uint64_t{1} << 20;
constexpr std::uint64_t maxRowValues = std::uint64_t{1} << 26;
constexpr std::size_t maxTexts = 100'000;
constexpr std::size_t maxTextBytes = std::size_t{64} << 20;
constexpr std::size_t maxLinks = 1'000'000;

herr_t addName(hid_t, const char* name, const H5L_info_t*, void* names) {
    auto& list = *static_cast<std::vector<std::string>*>(names);
    list.emplace_back(name);
    return list.size() <= maxLinks ? 0 : -1;
}

std::vector<std::string> variableTexts(hid_t attribute, hid_t type, hid_t space, std::size_t count) {
    std::vector<char*> pointers(count, nullptr);
    if (H5Aread(attribute, type, pointers.data()) < 0) {
        throw Unusable("HDF5 cannot read a list of names");
    }
    std::vector<std::string> texts;
    for (const char* text : pointers) {
        texts.emplace_back(text ? text : "");
    }
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return texts;
}

std::vector<std::string> fixedTexts(hid_t attribute, hid_t type, std::size_t count) {
    const auto width = H5Tget_size(type);
    if (width == 0 || width > maxTextBytes / count) {
        throw Unusable("a list of names is larger than any that belongs there");
    }
    std::vector<char> characters(count * width);
    if (H5Aread(attribute, type, characters.data()) < 0) {
        throw Unusable("HDF5 cannot read a list of names");
    }
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) {
        const char* begin = characters.data() + i * width;
        texts.emplace_back(begin, ::strnlen(begin, width));
    }
    return texts;
}

std::vector<std::uint64_t> extentsOf(hid_t space, const std::string& what) {
    const int rank = H5Sget_simple_extent_ndims(space);
    if (rank < 0 || H5Sget_simple_extent_type(space) == H5S_NULL) {
        throw Unusable(what + " has no shape");
    }
    std::vector<hsize_t> extents(static_cast<std::size_t>(rank));
    if (rank > 0 && H5Sget_simple_extent_dims(space, extents.data(), nullptr) < 0) {
        throw Unusable(what + " has no shape");
    }
    return {extents.begin(), extents.end()};
}

/// Their product. Throws Unusable where it is beyond all measure.
std::uint64_t product(const std::vector<std::uint64_t>& extents, std::size_t from, std::uint64_t limit,
                      const std::string& what) {
    std::uint64_t count = 1;
    for (auto axis = from; axis < extents.size(); ++axis) {
        if (extents[axis] != 0 && count > limit / extents[axis]) {
            throw Unusable(what + " is larger than any that belongs there");
        }
        count *= extents[axis];
    }
    return count;
}

/// Rows [begin, begin + count) of the first axis.
void readRows(hid_t dataset, hid_t space, const std::vector<std::uint64_t>& extents, std::uint64_t begin,
              std::uint64_t count, std::vector<float>& values, const std::string& what) {
    std::vector<hsize_t> start(extents.size(), 0);
    std::vector<hsize_t> size(extents.begin(), extents.end());
    start[0] = begin;
    size[0] = count;
    const hsize_t total = values.size();
    const Handle memory(H5Screate_simple(1, &total, nullptr), H5Sclose, what);
    if (H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr) < 0 ||
        H5Dread(dataset, H5T_NATIVE_FLOAT, memory, space, H5P_DEFAULT, values.data()) < 0) {
        throw Unusable("HDF5 cannot read " + what);
    }
}

} // namespace

std::vector<std::string> linkNames(hid_t group) {
    std::vector<std::string> names;
    if (H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, addName, &names) < 0) {
        throw Unusable("HDF5 cannot list what is in it");
    }
    return names;
}

H5O_type_t objectType(hid_t group, const std::string& name) {
    H5O_info_t info;
    return H5Oget_info_by_name(group, name.c_str(), &info, H5P_DEFAULT) < 0 ? H5O_TYPE_UNKNOWN : info.type;
}

bool hasAttribute(hid_t object, const std::string& name) {
    return H5Aexists(object, name.c_str()) > 0;
}

std::vector<std::string> textsOf(hid_t object, const std::string& name) {
    const auto what = "the attribute " + name;
    const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, what);
    const Handle space(H5Aget_space(attribute), H5Sclose, what);
    const Handle type(H5Aget_type(attribute), H5Tclose, what);
    const auto points = H5Sget_simple_extent_npoints(space);
    if (points == 0) {
        return {};
    }
    if (points < 0 || static_cast<std::size_t>(points) > maxTexts || H5Tget_class(type) != H5T_STRING) {
        throw Unusable(what + " is no list of texts");
    }
    const auto count = static_cast<std::size_t>(points);
    return H5Tis_variable_str(type) > 0 ? variableTexts(attribute, type, space, count)
                                        : fixedTexts(attribute, type, count);
}

std::optional<double> numberOf(hid_t object, const std::string& name) {
    if (!hasAttribute(object, name)) {
        return std::nullopt;
    }
    const auto what = "the attribute " + name;
    const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, what);
    const Handle space(H5Aget_space(attribute), H5Sclose, what);
    const Handle type(H5Aget_type(attribute), H5Tclose, what);
    const auto kind = H5Tget_class(type);
    double value = 0;
    if (H5Sget_simple_extent_npoints(space) != 1 || (kind != H5T_INTEGER && kind != H5T_FLOAT) ||
        H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) < 0) {
        throw Unusable(what + " is not one number");
    }
    return value;
}

void sendDataset(hid_t group, const std::string& name, RecordWriter& out) {
    const auto what = "the dataset " + name;
    const Handle dataset(H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, what);
    const Handle type(H5Dget_type(dataset), H5Tclose, what);
    const auto kind = H5Tget_class(type);
    if (kind != H5T_FLOAT && kind != H5T_INTEGER) {
        throw Unusable(what + " does not hold numbers");
    }
    const Handle space(H5Dget_space(dataset), H5Sclose, what);
    const auto extents = extentsOf(space, what);
    const auto total = product(extents, 0, std::numeric_limits<std::uint64_t>::max() / 8, what);
    const auto row = product(extents, std::min<std::size_t>(1, extents.size()), maxRowValues, what);
    out.array(name, extents);
    if (extents.empty()) {
        float value = 0;
        if (H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value) < 0) {
            throw Unusable("HDF5 cannot read " + what);
        }
        out.values(&value, 1);
        return;
    }
    if (total == 0) {
        return;
    }
    const auto rowsAtOnce = std::max<std::uint64_t>(1, slabValues / row);
    std::vector<float> values;
    for (std::uint64_t begin = 0; begin < extents[0]; begin += rowsAtOnce) {
        const auto count = std::min(rowsAtOnce, extents[0] - begin);
        values.resize(static_cast<std::size_t>(count * row));
        readRows(dataset, space, extents, begin, count, values, what);
        out.values(values.data(), values.size());
    }
}

} // namespace nunatak::hdf5_reader
