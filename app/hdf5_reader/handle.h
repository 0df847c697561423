// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <hdf5.h>

namespace nunatak::hdf5_reader {

/// Why the file cannot be used, as the end of a sentence.
class Unusable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An HDF5 identifier that closes itself.
class Handle {
public:
    /// Throws Unusable when HDF5 could not open it; `what` is the object in words.
    Handle(hid_t id, herr_t (*close)(hid_t), const std::string& what) : m_id(id), m_close(close) {
        if (id < 0) {
            throw Unusable("HDF5 cannot open " + what);
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

} // namespace nunatak::hdf5_reader
