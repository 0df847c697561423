// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run_journal.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace nunatak::engine {

namespace {

constexpr const char* journalName = "journal";
constexpr std::string_view firstLine = "nunatak prediction run 2";

template <typename T> std::string_view bytesOf(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

[[noreturn]] void throwDamaged(const RunStorage& storage, const std::string& what) {
    throw Error("The interrupted prediction in " + storage.place() + " cannot go on: " + what +
                "; predict anew, without resuming.");
}

/// A text on one line.
std::string escaped(const std::string& text) {
    std::string line;
    for (const char letter : text) {
        line += letter == '\n' ? ' ' : letter;
    }
    return line;
}

/// Takes the journal apart line by line; anything unexpected ends in the same error.
class Lines {
public:
    Lines(std::string_view text, const RunStorage& storage) : m_text(text), m_storage(storage) {}

    [[noreturn]] void fail() const { throwDamaged(m_storage, "its journal is damaged"); }

    std::string_view next() {
        const auto end = m_text.find('\n', m_place);
        if (end == std::string_view::npos) {
            fail();
        }
        const auto line = m_text.substr(m_place, end - m_place);
        m_place = end + 1;
        return line;
    }
    /// What follows a line's first word, which must be that one.
    std::string value(std::string_view word) {
        const auto line = next();
        if (!line.starts_with(word) || line.size() <= word.size() || line[word.size()] != ' ') {
            fail();
        }
        return std::string(line.substr(word.size() + 1));
    }
    template <typename T, std::size_t count> std::array<T, count> numbers(std::string_view word) {
        const std::string text = value(word);
        std::array<T, count> result{};
        const char* place = text.data();
        const char* const end = text.data() + text.size();
        for (T& number : result) {
            const auto read = std::from_chars(place, end, number);
            if (read.ec != std::errc()) {
                fail();
            }
            place = read.ptr < end && *read.ptr == ' ' ? read.ptr + 1 : read.ptr;
        }
        if (place != end) {
            fail();
        }
        return result;
    }
    std::string_view rest() const { return m_text.substr(m_place); }
    std::string_view before() const { return m_text.substr(0, m_place); }

private:
    std::string_view m_text;
    std::size_t m_place = 0;
    const RunStorage& m_storage;
};

void copyBytes(std::string_view& from, std::vector<double>& to) {
    const std::size_t bytes = to.size() * sizeof(double);
    if (bytes > 0) {
        std::memcpy(to.data(), from.data(), bytes);
    }
    from.remove_prefix(bytes);
}

std::string stripName(int firstRow) {
    return "strip" + std::to_string(firstRow);
}

/// Strips and open rows must follow each other without gaps and stay in the scene.
bool fitsTogether(const RunJournal& journal) {
    int row = 0;
    for (const Strip& strip : journal.strips) {
        if (strip.firstRow != row || strip.rows < 1 || strip.rows > journal.rows - row) {
            return false;
        }
        row += strip.rows;
    }
    return journal.columns > 0 && journal.rows > 0 && journal.bands > 0 && journal.open.firstRow == row;
}

} // namespace

std::uint64_t checksum(std::string_view bytes, std::uint64_t begin) {
    // Eight bytes at a time: a journal may be megabytes, and is written while the network wants the
    // processor.
    std::uint64_t sum = begin;
    for (std::size_t place = 0; place < bytes.size(); place += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + place, std::min(sizeof word, bytes.size() - place));
        sum = (sum ^ word) * 0x100000001b3ULL;
        sum ^= sum >> 32U; // or the upper bits of words would reach no lower bit of the sum
    }
    return sum ^ bytes.size();
}

void saveJournal(const RunJournal& journal, RunStorage& storage) {
    std::string text(firstLine);
    text += "\nscene " + escaped(journal.identity.scene) + "\nmodel " + escaped(journal.identity.model) +
            "\nsettings " + escaped(journal.identity.settings) + "\nkept " + escaped(journal.kept) +
            "\nsize " + std::to_string(journal.columns) + " " + std::to_string(journal.rows) + " " +
            std::to_string(journal.bands) + "\nstrips " + std::to_string(journal.strips.size()) + "\n";
    for (const Strip& strip : journal.strips) {
        text += "strip " + std::to_string(strip.firstRow) + " " + std::to_string(strip.rows) + " " +
                std::to_string(strip.checksum) + "\n";
    }
    const OpenRows& open = journal.open;
    text += "open " + std::to_string(open.nextTiles) + " " + std::to_string(open.firstRow) + " " +
            std::to_string(open.sums.rows()) + "\n";
    const auto sums = bytesOf(open.sums.values());
    const auto weights = bytesOf(open.weights.values());
    text += "checksum " + std::to_string(checksum(weights, checksum(sums, checksum(text)))) + "\n";
    storage.put(journalName, {text, sums, weights});
}

std::optional<RunJournal> loadJournal(const RunStorage& storage) {
    const auto text = storage.get(journalName);
    if (!text) {
        return std::nullopt;
    }
    Lines lines(*text, storage);
    if (lines.next() != firstLine) {
        lines.fail();
    }
    RunJournal journal;
    journal.identity.scene = lines.value("scene");
    journal.identity.model = lines.value("model");
    journal.identity.settings = lines.value("settings");
    journal.kept = lines.value("kept");
    const auto size = lines.numbers<int, 3>("size");
    journal.columns = size[0];
    journal.rows = size[1];
    journal.bands = size[2];
    const auto strips = lines.numbers<std::size_t, 1>("strips")[0];
    for (std::size_t i = 0; i < strips; ++i) {
        const auto strip = lines.numbers<std::uint64_t, 3>("strip");
        journal.strips.push_back({static_cast<int>(strip[0]), static_cast<int>(strip[1]), strip[2]});
    }
    const auto open = lines.numbers<int, 3>("open");
    journal.open.nextTiles = open[0];
    journal.open.firstRow = open[1];
    const int openRows = open[2];
    const auto before = lines.before();
    const auto sum = lines.numbers<std::uint64_t, 1>("checksum")[0];
    auto rest = lines.rest();
    const auto sumBytes = rest.size() / (static_cast<std::size_t>(std::max(1, journal.bands)) + 1) *
                          static_cast<std::size_t>(std::max(1, journal.bands));
    const auto whole = checksum(rest.substr(sumBytes), checksum(rest.substr(0, sumBytes), checksum(before)));
    if (sum != whole || !fitsTogether(journal) || openRows < 0 ||
        openRows > journal.rows - journal.open.firstRow ||
        rest.size() / sizeof(double) / static_cast<std::size_t>(journal.columns) /
                (static_cast<std::size_t>(journal.bands) + 1) !=
            static_cast<std::size_t>(openRows) ||
        rest.size() != static_cast<std::size_t>(openRows) * static_cast<std::size_t>(journal.columns) *
                           (static_cast<std::size_t>(journal.bands) + 1) * sizeof(double)) {
        lines.fail();
    }
    journal.open.sums = Image<double>(journal.bands, openRows, journal.columns);
    journal.open.weights = Image<double>(1, openRows, journal.columns);
    copyBytes(rest, journal.open.sums.values());
    copyBytes(rest, journal.open.weights.values());
    return journal;
}

void checkSameRun(const RunJournal& journal, const RunIdentity& identity, const RunStorage& storage) {
    const auto check = [&](const std::string& theirs, const std::string& ours, const char* what) {
        if (theirs != escaped(ours)) {
            throw Error("The interrupted prediction in " + storage.place() + " was made " + what +
                        ", so it cannot go on with this one; give what it was started with, or predict anew, "
                        "without resuming.");
        }
    };
    check(journal.identity.scene, identity.scene, "from another scene (or its files have changed since)");
    check(journal.identity.model, identity.model, "with another model");
    check(journal.identity.settings, identity.settings, "with other settings");
}

StripRows readStrip(const RunJournal& journal, std::size_t index, const RunStorage& storage) {
    const Strip& strip = journal.strips.at(index);
    const auto bytes = storage.get(stripName(strip.firstRow));
    StripRows result;
    result.values = Image<float>(journal.bands, strip.rows, journal.columns);
    const std::size_t pixels = result.values.values().size() * sizeof(float);
    const auto sumOf = [&](std::string_view all) {
        return checksum(all.substr(pixels), checksum(all.substr(0, pixels)));
    };
    if (!bytes || bytes->size() < pixels || sumOf(*bytes) != strip.checksum) {
        throwDamaged(storage, "its rows from " + std::to_string(strip.firstRow) + " on are " +
                                  (bytes ? "damaged" : "missing"));
    }
    std::memcpy(result.values.values().data(), bytes->data(), pixels);
    result.extra = bytes->substr(pixels);
    return result;
}

StripSink::StripSink(RunJournal& journal, RunStorage& storage, std::function<std::string(int, int)> extra)
    : m_journal(journal), m_storage(storage), m_extra(std::move(extra)) {}

void StripSink::write(int firstRow, const Image<float>& rows) {
    const std::string extra = m_extra ? m_extra(firstRow, rows.rows()) : std::string();
    const auto pixels = bytesOf(rows.values());
    m_storage.put(stripName(firstRow), {pixels, extra});
    m_journal.strips.push_back({firstRow, rows.rows(), checksum(extra, checksum(pixels))});
}

void StripSink::rowOfTilesDone(const std::function<OpenRows()>& open) {
    m_journal.open = open();
    saveJournal(m_journal, m_storage);
    // They are on disk; the band has its own copy.
    m_journal.open.sums = {};
    m_journal.open.weights = {};
}

} // namespace nunatak::engine
