// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/hdf5_records.h"

#include <string>
#include <vector>

namespace nunatak::hdf5_reader {

using exchange::hdf5::RecordKind;

/// Writes records to standard output, which is the parent's pipe. Ends the process when nobody reads it.
class RecordWriter {
public:
    RecordWriter();

    void group(const std::string& name) { head(RecordKind::Group, name); }
    void endOfGroup() { head(RecordKind::EndOfGroup, {}); }
    void number(const std::string& name, double value);
    void text(const std::string& name, const std::string& value);
    void failure(const std::string& why);
    void endOfFile();

    /// The values follow, in as many pieces as it takes.
    void array(const std::string& name, const std::vector<std::uint64_t>& extents);
    void values(const float* from, std::size_t count);

private:
    void head(RecordKind kind, const std::string& name);
    void textBody(const std::string& value);
    void bytes(const void* from, std::size_t count);
    void flush();

    std::vector<char> m_pending;
    std::uint64_t m_valuesLeft = 0; ///< of the array that was begun
};

} // namespace nunatak::hdf5_reader
