// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/hdf5_stream.h"

#include "base/error.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace nunatak::exchange {

using hdf5::RecordKind;

namespace {

constexpr std::size_t bufferSize = std::size_t{1} << 16;
/// A vector grows by this much as values come, so that a size that is a lie costs nothing.
constexpr std::size_t growth = std::size_t{1} << 18;

std::filesystem::path existing(std::filesystem::path file) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(file, problem)) {
        throw Error("The HDF5 file " + file.string() + " cannot be used: there is no such file.");
    }
    return file;
}

std::vector<std::string> withFile(std::vector<std::string> arguments, const std::filesystem::path& file) {
    arguments.insert(arguments.begin() + 1, file.string());
    return arguments;
}

bool isPlainText(const std::string& text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

} // namespace

std::uint64_t elements(const std::vector<std::uint64_t>& shape) {
    std::uint64_t count = 1;
    for (const auto extent : shape) {
        count *= extent;
    }
    return count;
}

Hdf5Stream::Hdf5Stream(std::filesystem::path file, const std::filesystem::path& reader,
                       std::vector<std::string> arguments)
    : m_file(existing(std::move(file))), m_child(reader, withFile(std::move(arguments), m_file)),
      m_buffer(bufferSize) {}

void Hdf5Stream::allow(double seconds, std::uint64_t values) {
    m_seconds = seconds;
    m_deadline = ChildProcess::Clock::now() + std::chrono::duration_cast<ChildProcess::Clock::duration>(
                                                  std::chrono::duration<double>(seconds));
    m_valuesAllowed = values;
}

Hdf5Stream::Record Hdf5Stream::next(const std::stop_token& stop) {
    if (!m_greeted) {
        char greeting[sizeof hdf5::greeting];
        bytes(greeting, sizeof greeting, stop);
        m_greeted = std::equal(std::begin(greeting), std::end(greeting), hdf5::greeting);
        if (!m_greeted) {
            nonsense();
        }
    }
    Record record;
    record.kind = static_cast<RecordKind>(number<std::uint32_t>(stop));
    record.name = text(hdf5::maxName, stop);
    switch (record.kind) {
    case RecordKind::Group:
    case RecordKind::EndOfGroup:
    case RecordKind::EndOfFile:
        break;
    case RecordKind::Array:
        record.shape = shape(record.name, stop);
        break;
    case RecordKind::Text:
        record.text = text(hdf5::maxText, stop);
        break;
    case RecordKind::Number:
        record.number = number<double>(stop);
        break;
    case RecordKind::Failure:
        refuse(text(hdf5::maxText, stop));
    default:
        nonsense();
    }
    return record;
}

std::vector<float> Hdf5Stream::values(const Record& array, const std::stop_token& stop) {
    const auto count = static_cast<std::size_t>(elements(array.shape));
    std::vector<float> all;
    while (all.size() < count) {
        const std::size_t piece = number<std::uint32_t>(stop);
        if (piece == 0) {
            next(stop); // throws what the reader has to say
            nonsense();
        }
        if (piece > count - all.size()) {
            nonsense();
        }
        for (std::size_t left = piece; left > 0;) {
            const auto some = std::min(left, growth);
            const auto before = all.size();
            all.resize(before + some);
            bytes(all.data() + before, some * sizeof(float), stop);
            left -= some;
        }
    }
    return all;
}

void Hdf5Stream::refuse(const std::string& why) const {
    throw Error("The HDF5 file " + m_file.string() + " cannot be used: " + why + ".");
}

void Hdf5Stream::bytes(void* to, std::size_t count, const std::stop_token& stop) {
    auto* out = static_cast<char*>(to);
    while (count > 0) {
        if (m_next == m_end) {
            const auto got = m_child.read(m_buffer.data(), m_buffer.size(), m_deadline, stop);
            if (got.outcome == ChildProcess::Outcome::TooLate) {
                refuse(fmt::format("reading it takes longer than {:g} s, so it is damaged or lies on a disk "
                                   "that is very slow",
                                   m_seconds));
            }
            if (got.outcome == ChildProcess::Outcome::EndOfData) {
                const auto how = m_child.howItEnded();
                refuse("it is damaged, and its reader ended on it before the end of the file" +
                       (how.empty() ? how : ": " + how));
            }
            m_next = 0;
            m_end = got.bytes;
        }
        const auto some = std::min(count, m_end - m_next);
        std::memcpy(out, m_buffer.data() + m_next, some);
        m_next += some;
        out += some;
        count -= some;
    }
}

std::string Hdf5Stream::text(std::size_t limit, const std::stop_token& stop) {
    const std::size_t length = number<std::uint32_t>(stop);
    if (length > limit) {
        nonsense();
    }
    std::string text(length, '\0');
    bytes(text.data(), length, stop);
    if (!isPlainText(text)) {
        refuse("a name in it holds what is no text");
    }
    return text;
}

template <typename T> T Hdf5Stream::number(const std::stop_token& stop) {
    T value{};
    bytes(&value, sizeof value, stop);
    return value;
}

std::vector<std::uint64_t> Hdf5Stream::shape(const std::string& name, const std::stop_token& stop) {
    const auto rank = number<std::uint32_t>(stop);
    if (rank > hdf5::maxRank) {
        nonsense();
    }
    std::vector<std::uint64_t> shape(rank);
    std::uint64_t count = 1;
    for (auto& extent : shape) {
        extent = number<std::uint64_t>(stop);
        // Checked before multiplying, so that no product can wrap round; an empty array may not hide a huge
        // extent either.
        if (extent > m_valuesAllowed || (extent > 0 && count > m_valuesAllowed / extent)) {
            refuse("the dataset " + name + " is larger than any that belongs there");
        }
        count *= extent;
    }
    m_valuesAllowed -= std::min(count, m_valuesAllowed);
    return shape;
}

void Hdf5Stream::nonsense() const {
    refuse("it is damaged, and its reader answered with nonsense");
}

} // namespace nunatak::exchange
