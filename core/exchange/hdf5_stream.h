// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/child_process.h"
#include "exchange/hdf5_records.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// What a foreign HDF5 file holds, as the child process tells it. Nothing that comes is trusted: every size
/// is checked before anything is allocated, and whatever goes wrong is one Error that names the file.
class Hdf5Stream {
public:
    struct Record {
        hdf5::RecordKind kind{};
        std::string name;
        std::string text;                 ///< of Text
        double number = 0;                ///< of Number
        std::vector<std::uint64_t> shape; ///< of Array; its values are to be read next
    };

    /// Throws Error when there is no such file or the reader cannot be started.
    Hdf5Stream(std::filesystem::path file, const std::filesystem::path& reader,
               std::vector<std::string> arguments);

    /// What comes from here on has to come within this time, and in no more than so many values.
    void allow(double seconds, std::uint64_t values);

    /// The next record; EndOfFile is the last one. Throws Error, Cancelled.
    Record next(const std::stop_token& stop);
    /// The values of the array that next() has just given, row-major.
    std::vector<float> values(const Record& array, const std::stop_token& stop);

    /// Throws the Error for something wrong with the file.
    [[noreturn]] void refuse(const std::string& why) const;

private:
    void bytes(void* to, std::size_t count, const std::stop_token& stop);
    std::string text(std::size_t limit, const std::stop_token& stop);
    template <typename T> T number(const std::stop_token& stop);
    std::vector<std::uint64_t> shape(const std::string& name, const std::stop_token& stop);
    [[noreturn]] void nonsense() const;

    std::filesystem::path m_file;
    ChildProcess m_child;
    ChildProcess::Clock::time_point m_deadline;
    double m_seconds = 0;
    std::uint64_t m_valuesAllowed = 0;
    std::vector<char> m_buffer;
    std::size_t m_next = 0;
    std::size_t m_end = 0;
    bool m_greeted = false;
};

/// Values in an array of this shape. The stream has made sure that the product does not wrap round.
std::uint64_t elements(const std::vector<std::uint64_t>& shape);

} // namespace nunatak::exchange
