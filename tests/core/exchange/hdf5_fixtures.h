// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <hdf5.h>

// Small HDF5 files, and programs that take the place of the reader. A call that fails shows in the test that
// reads the file.
namespace nunatak::tests {

/// An HDF5 file that is being made; written when this object goes.
class Hdf5Maker {
public:
    explicit Hdf5Maker(const std::filesystem::path& path)
        : m_file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)) {}
    Hdf5Maker(const Hdf5Maker&) = delete;
    Hdf5Maker& operator=(const Hdf5Maker&) = delete;
    ~Hdf5Maker() { H5Fclose(m_file); }
    hid_t file() const { return m_file; }

    void group(const std::string& path) { H5Gclose(create(path)); }

    void dataset(const std::string& path, const std::vector<hsize_t>& shape, const std::vector<float>& values,
                 hid_t stored = H5T_IEEE_F32LE, hid_t creation = H5P_DEFAULT) {
        const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
        const hid_t links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(links, 1);
        const hid_t set = H5Dcreate2(m_file, path.c_str(), stored, space, links, creation, H5P_DEFAULT);
        if (!values.empty()) {
            H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        }
        H5Dclose(set);
        H5Pclose(links);
        H5Sclose(space);
    }

    void number(const std::string& object, const std::string& name, double value,
                hid_t stored = H5T_STD_I64LE) {
        attribute(object, name, stored, H5Screate(H5S_SCALAR),
                  [&](hid_t made, hid_t) { H5Awrite(made, H5T_NATIVE_DOUBLE, &value); });
    }

    /// One text of variable length, as h5py writes str.
    void text(const std::string& object, const std::string& name, const std::string& value) {
        const hid_t type = variableText();
        const char* pointer = value.c_str();
        attribute(object, name, type, H5Screate(H5S_SCALAR),
                  [&](hid_t made, hid_t kind) { H5Awrite(made, kind, &pointer); });
        H5Tclose(type);
    }

    void texts(const std::string& object, const std::string& name, const std::vector<std::string>& values) {
        const hid_t type = variableText();
        std::vector<const char*> pointers;
        for (const auto& value : values) {
            pointers.push_back(value.c_str());
        }
        const hsize_t count = values.size();
        attribute(object, name, type, H5Screate_simple(1, &count, nullptr),
                  [&](hid_t made, hid_t kind) { H5Awrite(made, kind, pointers.data()); });
        H5Tclose(type);
    }

    /// What Keras makes of an empty list of names.
    void emptyNumbers(const std::string& object, const std::string& name) {
        const hsize_t none = 0;
        attribute(object, name, H5T_IEEE_F64LE, H5Screate_simple(1, &none, nullptr), [](hid_t, hid_t) {});
    }

private:
    hid_t create(const std::string& path) {
        const hid_t links = H5Pcreate(H5P_LINK_CREATE);
        H5Pset_create_intermediate_group(links, 1);
        const hid_t made = H5Gcreate2(m_file, path.c_str(), links, H5P_DEFAULT, H5P_DEFAULT);
        H5Pclose(links);
        return made;
    }

    static hid_t variableText() {
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, H5T_VARIABLE);
        return type;
    }

    template <typename Write>
    void attribute(const std::string& object, const std::string& name, hid_t type, hid_t space, Write write) {
        const hid_t owner = H5Oopen(m_file, object.c_str(), H5P_DEFAULT);
        const hid_t made = H5Acreate2(owner, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT);
        write(made, type);
        H5Aclose(made);
        H5Oclose(owner);
        H5Sclose(space);
    }

    hid_t m_file;
};

/// A program that does what the shell is told instead of reading a file.
inline std::filesystem::path fakeReader(const std::filesystem::path& folder, const std::string& script) {
    const auto path = folder / "reader";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
}

inline std::filesystem::path realReader() {
    return std::filesystem::path(NUNATAK_BUILD_DIRECTORY) / "lib" / "nunatak" / "nunatak-hdf5-reader";
}

} // namespace nunatak::tests
