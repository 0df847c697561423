// SPDX-License-Identifier: GPL-3.0-or-later
#include "record_writer.h"

#include "handle.h"

#include <cerrno>
#include <functional>
#include <numeric>

#include <unistd.h>

namespace nunatak::hdf5_reader {

namespace {

constexpr std::size_t block = std::size_t{1} << 16;

} // namespace

RecordWriter::RecordWriter() {
    m_pending.reserve(block);
    bytes(exchange::hdf5::greeting, sizeof exchange::hdf5::greeting);
}

void RecordWriter::number(const std::string& name, double value) {
    head(RecordKind::Number, name);
    bytes(&value, sizeof value);
}

void RecordWriter::text(const std::string& name, const std::string& value) {
    if (value.size() > exchange::hdf5::maxText) {
        throw Unusable("the attribute " + name.substr(0, 64) + " is longer than any that belongs there");
    }
    head(RecordKind::Text, name);
    textBody(value);
}

void RecordWriter::failure(const std::string& why) {
    if (m_valuesLeft > 0) {
        const std::uint32_t cutOff = 0;
        bytes(&cutOff, sizeof cutOff);
    }
    head(RecordKind::Failure, {});
    textBody(why.substr(0, exchange::hdf5::maxText));
    flush();
}

void RecordWriter::endOfFile() {
    head(RecordKind::EndOfFile, {});
    flush();
}

void RecordWriter::array(const std::string& name, const std::vector<std::uint64_t>& extents) {
    if (extents.size() > exchange::hdf5::maxRank) {
        throw Unusable("the dataset " + name.substr(0, 64) + " has more axes than any that belongs there");
    }
    head(RecordKind::Array, name);
    m_valuesLeft = std::accumulate(extents.begin(), extents.end(), std::uint64_t{1}, std::multiplies<>());
    const auto rank = static_cast<std::uint32_t>(extents.size());
    bytes(&rank, sizeof rank);
    bytes(extents.data(), extents.size() * sizeof extents[0]);
}

void RecordWriter::values(const float* from, std::size_t count) {
    const auto piece = static_cast<std::uint32_t>(count);
    bytes(&piece, sizeof piece);
    bytes(from, count * sizeof *from);
    m_valuesLeft -= count;
}

void RecordWriter::head(RecordKind kind, const std::string& name) {
    if (name.size() > exchange::hdf5::maxName) {
        throw Unusable("the name " + name.substr(0, 64) + "… is longer than any that belongs there");
    }
    const std::uint32_t numbers[2] = {static_cast<std::uint32_t>(kind),
                                      static_cast<std::uint32_t>(name.size())};
    bytes(numbers, sizeof numbers);
    bytes(name.data(), name.size());
}

void RecordWriter::textBody(const std::string& value) {
    const auto length = static_cast<std::uint32_t>(value.size());
    bytes(&length, sizeof length);
    bytes(value.data(), value.size());
}

void RecordWriter::bytes(const void* from, std::size_t count) {
    const auto* begin = static_cast<const char*>(from);
    m_pending.insert(m_pending.end(), begin, begin + count);
    if (m_pending.size() >= block) {
        flush();
    }
}

void RecordWriter::flush() {
    std::size_t done = 0;
    while (done < m_pending.size()) {
        const auto written = ::write(STDOUT_FILENO, m_pending.data() + done, m_pending.size() - done);
        if (written < 0 && errno != EINTR) {
            ::_exit(1);
        }
        done += written > 0 ? static_cast<std::size_t>(written) : 0;
    }
    m_pending.clear();
}

} // namespace nunatak::hdf5_reader
