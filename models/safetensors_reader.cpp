// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "models/safetensors.h"
#include "sha256.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>

#include <nlohmann/json.hpp>

namespace nunatak::models {

static_assert(std::endian::native == std::endian::little,
              "safetensors are little-endian and read as they are");

namespace {

// Weights of any network we know stay far below these. A parsed header takes some twenty times its size,
// which is why the format's own bound of 100 MB is not enough.
constexpr std::uint64_t maxHeader = 8 << 20;
constexpr std::uint64_t maxFile = std::uint64_t{8} << 30;
constexpr std::size_t maxTensors = 100'000;

[[noreturn]] void refuse(const std::filesystem::path& file, std::string why) {
    // The name of a tensor comes from the file, and what prints this may be a terminal.
    std::replace_if(
        why.begin(), why.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    throw Error("The weights file " + file.string() + " cannot be used: " + why + ".");
}

struct Entry {
    std::string name;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

class Reader {
public:
    explicit Reader(const std::filesystem::path& file) : m_file(file) {
        std::error_code problem;
        if (!std::filesystem::is_regular_file(file, problem)) {
            refuse(file, "there is no such file");
        }
        m_size = std::filesystem::file_size(file, problem);
        m_stream.open(file, std::ios::binary);
        if (problem || !m_stream) {
            refuse(file, "it cannot be opened");
        }
        if (m_size > maxFile) {
            refuse(file, "it is larger than any weights this program knows (8 GiB)");
        }
    }

    NamedTensors read() {
        auto entries = parseHeader();
        checkLayout(entries);
        NamedTensors tensors;
        for (const auto& entry : entries) {
            tensors.emplace(entry.name, readTensor(entry));
        }
        return tensors;
    }

private:
    std::vector<Entry> parseHeader() {
        std::uint64_t length = 0;
        if (m_size < sizeof length) {
            refuse(m_file,
                   "it is shorter than a safetensors header, so it is truncated or another kind of file");
        }
        readBytes(&length, sizeof length);
        if (length > maxHeader || length > m_size - sizeof length) {
            refuse(m_file, "its header claims " + std::to_string(length) + " bytes and the file has " +
                               std::to_string(m_size) + ", so it is truncated or not a safetensors file");
        }
        std::string text(static_cast<std::size_t>(length), '\0');
        readBytes(text.data(), text.size());
        m_dataBegin = sizeof length + length;

        // A hostile header may nest so deep that the parser's stack ends; a real one has three levels.
        auto shallow = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
            if (depth > 8) {
                throw Error("too deep");
            }
            return true;
        };
        nlohmann::json header;
        try {
            header = nlohmann::json::parse(text, shallow);
        } catch (const std::exception&) {
            refuse(m_file, "its header is not valid JSON");
        }
        if (!header.is_object() || header.size() > maxTensors) {
            refuse(m_file, "its header is not a list of tensors");
        }
        std::vector<Entry> entries;
        for (const auto& [name, value] : header.items()) {
            if (name != "__metadata__") {
                entries.push_back(parseEntry(name, value));
            }
        }
        return entries;
    }

    Entry parseEntry(const std::string& name, const nlohmann::json& value) {
        const auto quoted = "the tensor \"" + name.substr(0, 200) + "\"";
        auto isNumber = [](const nlohmann::json& item) { return item.is_number_unsigned(); };
        if (!value.is_object() || !value.contains("dtype") || !value.contains("shape") ||
            !value.contains("data_offsets")) {
            refuse(m_file, quoted + " lacks dtype, shape or data_offsets");
        }
        if (value["dtype"] != "F32") {
            refuse(m_file, quoted + " is not of type F32");
        }
        const auto& shape = value["shape"];
        const auto& offsets = value["data_offsets"];
        if (!shape.is_array() || shape.size() > 8 || !std::all_of(shape.begin(), shape.end(), isNumber)) {
            refuse(m_file, quoted + " has no usable shape");
        }
        if (!offsets.is_array() || offsets.size() != 2 || !isNumber(offsets[0]) || !isNumber(offsets[1])) {
            refuse(m_file, quoted + " has no usable data_offsets");
        }
        Entry entry{name, {}, offsets[0].get<std::uint64_t>(), offsets[1].get<std::uint64_t>()};
        std::uint64_t bytes = sizeof(float);
        for (const auto& extent : shape) {
            const auto size = extent.get<std::uint64_t>();
            // Checked before multiplying, so that no product can wrap round.
            if (size > maxFile || (size > 0 && bytes > maxFile / size)) {
                refuse(m_file, quoted + " is larger than the file");
            }
            bytes *= size;
            entry.shape.push_back(static_cast<std::int64_t>(size));
        }
        const auto dataSize = m_size - m_dataBegin;
        if (entry.begin > entry.end || entry.end > dataSize) {
            refuse(m_file, quoted + " lies beyond the end of the file, which is truncated or damaged");
        }
        if (entry.end - entry.begin != bytes) {
            refuse(m_file, quoted + " has a size that does not fit its shape");
        }
        return entry;
    }

    /// The format wants the data without holes or overlap.
    void checkLayout(std::vector<Entry>& entries) const {
        std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
            return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
        });
        std::uint64_t next = 0;
        for (const auto& entry : entries) {
            if (entry.begin != next) {
                refuse(m_file,
                       "the tensor \"" + entry.name.substr(0, 200) +
                           (entry.begin < next ? "\" overlaps another" : "\" leaves a hole before it"));
            }
            next = entry.end;
        }
        if (next != m_size - m_dataBegin) {
            refuse(m_file, "there are bytes after the last tensor");
        }
    }

    Tensor readTensor(const Entry& entry) {
        Tensor tensor{entry.shape, std::vector<float>((entry.end - entry.begin) / sizeof(float))};
        m_stream.seekg(static_cast<std::streamoff>(m_dataBegin + entry.begin));
        readBytes(tensor.values.data(), tensor.values.size() * sizeof(float));
        if (!std::all_of(tensor.values.begin(), tensor.values.end(),
                         [](float v) { return std::isfinite(v); })) {
            refuse(m_file, "the tensor \"" + entry.name.substr(0, 200) +
                               "\" holds a value that is infinite or not a number");
        }
        return tensor;
    }

    void readBytes(void* to, std::size_t count) {
        m_stream.read(static_cast<char*>(to), static_cast<std::streamsize>(count));
        if (!m_stream) {
            refuse(m_file, "it cannot be read to its end");
        }
    }

    const std::filesystem::path& m_file;
    std::ifstream m_stream;
    std::uint64_t m_size = 0;
    std::uint64_t m_dataBegin = 0;
};

} // namespace

NamedTensors readSafetensors(const std::filesystem::path& file) {
    return Reader(file).read();
}

std::string fileSha256(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    Sha256 sum;
    std::vector<char> block(std::size_t{1} << 20);
    while (stream) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        sum.add(block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (!stream.eof()) {
        throw Error("Cannot read " + file.string() + " to compute its SHA-256.");
    }
    return sum.hex();
}

} // namespace nunatak::models
