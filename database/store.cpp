// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_impl.h"

#include "foreign_triggers.h"
#include "geopackage_blob.h"
#include "network_drive.h"
#include "schema.h"
#include "stray_wal.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nunatak::database {

namespace {

/// Marked as read-only counts even for those whom the system lets write anyway.
bool isMarkedReadOnly(const std::filesystem::path& file) {
    struct stat found {};
    return ::stat(file.c_str(), &found) == 0 &&
           ((found.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0 || ::access(file.c_str(), W_OK) != 0);
}

/// Looks for damage where that takes a moment only; beyond, SQLite says so when it meets it.
void throwIfDamaged(SQLite::Database& connection, const std::filesystem::path& file) {
    constexpr std::uintmax_t quickBytes = 128U << 20U;
    std::error_code trouble;
    const std::uintmax_t size = std::filesystem::file_size(file, trouble);
    if (trouble) {
        return;
    }
    // SQLite takes what is missing of the last page for zeros. A cut-off session's -wal file makes it whole
    // again.
    const auto page = static_cast<std::uintmax_t>(connection.execAndGet("PRAGMA page_size").getInt());
    const bool isCut = size % page != 0 && !std::filesystem::exists(file.string() + "-wal", trouble);
    if (isCut) {
        throwDamaged(file, "its end is missing");
    }
    if (size > quickBytes) {
        return;
    }
    const std::string verdict = connection.execAndGet("PRAGMA quick_check(1)").getString();
    if (verdict != "ok") {
        throwDamaged(file, linesOf(verdict).front());
    }
}

} // namespace

void throwUnlessAFile(const std::filesystem::path& file) {
    std::error_code trouble;
    const auto status = std::filesystem::status(file, trouble);
    if (status.type() == std::filesystem::file_type::not_found) {
        throw Error("There is no project " + file.string() +
                    ". Look at the path, or make the project first.");
    }
    if (trouble) {
        throw Error("The project " + file.string() + " cannot be looked at (" + trouble.message() +
                    "). Look at the rights of the folder.");
    }
    if (status.type() != std::filesystem::file_type::regular) {
        throw Error("The project " + file.string() +
                    " is not a file. Choose a .gpkg file that Nunatak made.");
    }
    if (std::filesystem::file_size(file, trouble) == 0 && !trouble) {
        throw Error("The file " + file.string() +
                    " is empty, so it is not a Nunatak project. Choose another file.");
    }
}

void throwUnlessOurs(SQLite::Database& connection, const std::filesystem::path& file) {
    if (!connection.tableExists("gpkgext_nunatak_schema")) {
        const bool geoPackage = connection.tableExists("gpkg_contents");
        throw Error(
            "The file " + file.string() +
            (geoPackage
                 ? " is a GeoPackage but not a Nunatak project. Import its outlines into a project instead."
                 : " is not a Nunatak project. Choose a .gpkg file that Nunatak made."));
    }
    const int version = versionOf(connection);
    if (version > Store::schemaVersion) {
        throw Error("The project " + file.string() + " was made by a newer Nunatak (version " +
                    std::to_string(version) + " of the project; this program knows " +
                    std::to_string(Store::schemaVersion) + "). Update the program.");
    }
    if (version < 1) {
        throw Error("The project " + file.string() +
                    " does not say which version it is. Put a copy of it from a backup in its place.");
    }
}

bool isUsableLayerName(const std::string& name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto other = [](char c) { return (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || name.size() > 63 || !letter(name.front()) ||
        !std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || other(c); })) {
        return false;
    }
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array<std::string_view, 4> reserved{"gpkg", "rtree_", "sqlite_", "layer_styles"};
    return std::none_of(reserved.begin(), reserved.end(),
                        [&](std::string_view prefix) { return lower.starts_with(prefix); });
}

SQLite::Database Store::Impl::connect(const std::filesystem::path& path, Mode openMode,
                                      std::filesystem::path& scratchFolder, Met& met) {
    throwUnlessAFile(path);
    const bool isStray = hasStrayWal(path);
    if (isStray) {
        met.note =
            "Beside the project lies " + path.filename().string() +
            "-wal with changes of another state of it: a copy was put in the file's place after a session "
            "that "
            "was cut off. They are not brought in";
    }
    if (isStray && openMode == Mode::ReadOnly) {
        met.note += ".";
        return openAsItIs(path);
    }
    if (openMode == Mode::ReadOnly) {
        return openForReading(path, scratchFolder);
    }
    if (isMarkedReadOnly(path)) {
        throw Error("The project " + path.string() +
                    " is write-protected. Make it writable; until then it can only be read.");
    }
    if (isStray) {
        met.keptWal = setAsideStrayWal(path);
        met.note += ", and are kept as " + met.keptWal.filename().string() + ".";
    }
    return openForWriting(path, false);
}

Store::Impl::Impl(const std::filesystem::path& path, Mode openMode)
    : file(path), place(std::filesystem::absolute(path)), mode(openMode),
      connection(connect(path, openMode, scratch, met)), watch(connection, place), held(place) {
    struct stat found {};
    if (::stat(place.c_str(), &found) == 0) {
        device = found.st_dev;
        inode = found.st_ino;
    }
}

Store::Impl::~Impl() {
    statements.clear();
    if (!scratch.empty()) {
        std::error_code ignored; // a temporary copy
        std::filesystem::remove_all(scratch, ignored);
    }
}

void Store::Impl::throwOverwritten() {
    isOverwritten = true;
    throw StoreOverwritten("The project " + file.string() +
                           " was overwritten by another program while it was open.");
}

void Store::Impl::throwIfReplaced() {
    struct stat now {};
    const bool there = ::stat(place.c_str(), &now) == 0;
    if (!there || now.st_dev != device || now.st_ino != inode) {
        throw StoreReplaced("The project " + file.string() +
                            (there ? " was replaced by another file while it was open."
                                   : " was moved or removed while it was open."));
    }
    if (useWal && walInode &&
        (::stat((place.string() + "-wal").c_str(), &now) != 0 || now.st_ino != *walInode)) {
        // What another one may have put into the file since is not overwritten at the end.
        sqlite3_db_config(connection.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        throw StoreReplaced("Another program removed " + file.string() +
                            "-wal while the project was open, and with it what was edited since.");
    }
    if (watch.isOverwritten(useWal)) {
        throwOverwritten();
    }
}

void Store::Impl::noteWal() {
    struct stat found {};
    walInode.reset();
    if (useWal && ::stat((place.string() + "-wal").c_str(), &found) == 0) {
        walInode = found.st_ino;
    }
}

Identity Store::Impl::identity() {
    Identity found;
    const auto row = [&](const std::string& sql) -> SQLite::Statement& {
        SQLite::Statement& question = statement(sql);
        question.executeStep();
        return question;
    };
    SQLite::Statement& project = row("SELECT crs_wkt FROM gpkgext_nunatak_project");
    found.crs = project.hasRow() ? project.getColumn(0).getString() : std::string();
    project.tryReset();
    SQLite::Statement& scene = row("SELECT id FROM gpkgext_nunatak_scenes ORDER BY position LIMIT 1");
    found.scene = scene.hasRow() ? scene.getColumn(0).getString() : std::string();
    scene.tryReset();
    SQLite::Statement& last =
        row("SELECT id, time, description FROM gpkgext_nunatak_history ORDER BY id DESC LIMIT 1");
    if (last.hasRow()) {
        found.step = last.getColumn(0).getInt64();
        found.time = last.getColumn(1).getString();
        found.description = last.getColumn(2).getString();
    }
    last.tryReset();
    return found;
}

void Store::Impl::throwIfAnother() {
    if (!useWal && sqlite3_get_autocommit(connection.getHandle()) != 0) {
        // SQLite takes pages that it has read for the file's as long as the header's change counter is the
        // same, which that of a copy with as many transactions is.
        sqlite3_db_release_memory(connection.getHandle());
    }
    Identity now;
    try {
        now = identity();
    } catch (const SQLite::Exception& failure) {
        const int code = failure.getErrorCode();
        // Without our tables it is no project; where one of them is gone another program has removed that.
        const bool isNone = code == SQLITE_ERROR && !connection.tableExists("gpkgext_nunatak_project");
        if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT || isNone) {
            throwOverwritten();
        }
        throw;
    }
    const auto isOfStep = [&](const Identity& ours) {
        return now.step == ours.step && now.time == ours.time && now.description == ours.description;
    };
    const bool isOfScene = known.scene.empty() || now.scene == known.scene;
    if (now.crs != known.crs || !isOfScene || !(isOfStep(known) || (attempted && isOfStep(*attempted)))) {
        throwOverwritten();
    }
}

Store::Store(const std::filesystem::path& file, Mode mode) {
    try {
        open(file, mode);
    } catch (...) {
        // Whoever opens it another way shall meet it as it was.
        if (m_impl && !m_impl->met.keptWal.empty()) {
            const std::filesystem::path kept = m_impl->met.keptWal;
            const std::filesystem::path place = m_impl->place;
            m_impl.reset();
            std::error_code ignored;
            std::filesystem::rename(kept, place.string() + "-wal", ignored);
        }
        throw;
    }
}

void Store::open(const std::filesystem::path& file, Mode mode) {
    wrapped(file, [&] {
        m_impl = std::make_unique<Impl>(file, mode);
        throwUnlessOurs(m_impl->connection, file);
        throwIfDamaged(m_impl->connection, file);
        if (mode == Mode::ReadWrite && sqlite3_db_readonly(m_impl->connection.getHandle(), "main") == 1) {
            throw Error("The project " + file.string() +
                        " is write-protected. Make it writable; until then it can only be read.");
        }
        if (mode == Mode::ReadWrite) {
            throwIfForeignTriggers(m_impl->connection, file);
            // A statement that runs the triggers of a spatial index keeps each page that it changes, in case
            // it has to be taken back: five pages for one of an import, which else go into a temporary file.
            m_impl->connection.exec("PRAGMA temp_store=MEMORY");
        }
        m_impl->srsId = projectSrsId(m_impl->connection);
        m_impl->useWal = m_impl->connection.execAndGet("PRAGMA journal_mode").getString() == "wal";
        m_impl->network = networkDriveOf(m_impl->place);
        if (mode == Mode::ReadWrite && !m_impl->network.empty()) {
            if (m_impl->useWal) { // left so by a session that was cut off elsewhere
                m_impl->useWal =
                    m_impl->connection.execAndGet("PRAGMA journal_mode=DELETE").getString() == "wal";
            }
            m_impl->connection.exec("PRAGMA synchronous=FULL");
        }
        m_impl->othersWrote();
        if (mode == Mode::ReadWrite && m_impl->connection.tableExists("gpkgext_nunatak_scenes") &&
            m_impl->connection.tableExists("gpkgext_nunatak_history")) {
            m_impl->known = m_impl->identity();
        }
        m_impl->watch.isOverwritten(m_impl->useWal);
    });
}

Store::~Store() = default;

const std::filesystem::path& Store::file() const {
    return m_impl->file;
}

int Store::version() {
    return wrapped(m_impl->file, [&] { return versionOf(m_impl->connection); });
}

std::string Store::takeVersionNote() {
    return std::exchange(m_impl->raised, {});
}

void Store::setPatience(int milliseconds) {
    wrapped(m_impl->file, [&] { m_impl->connection.setBusyTimeout(milliseconds); });
}

void Store::copyInto(const std::filesystem::path& file) {
    wrapped(file, [&] {
        SQLite::Statement copy(m_impl->connection, "VACUUM INTO ?");
        copy.bind(1, file.string());
        copy.exec();
    });
}

void Store::throwIfOverwritten() {
    wrapped(m_impl->file, [&] {
        m_impl->throwIfReplaced();
        m_impl->throwIfAnother();
    });
}

void Store::close() {
    if (m_impl->mode == Mode::ReadOnly) {
        return;
    }
    m_impl->statements.clear();
    m_impl->isOverwritten = m_impl->isOverwritten || m_impl->watch.isOverwritten(m_impl->useWal);
    if (m_impl->isOverwritten && m_impl->useWal) {
        // What lies in the -wal file is of the project that was there, and SQLite would bring it into the one
        // that is there now, at this close or at the next opening.
        sqlite3_db_config(m_impl->connection.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        m_impl->connection = SQLite::Database(":memory:", SQLite::OPEN_READWRITE);
        for (const char* suffix : {"-wal", "-shm"}) {
            std::error_code ignored;
            std::filesystem::remove(m_impl->place.string() + suffix, ignored);
        }
        return;
    }
    // Another program that has the file open keeps the -wal file alive and tidies up when it closes.
    if (m_impl->connection.tryExec("PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK) {
        m_impl->connection.tryExec("PRAGMA journal_mode=DELETE");
    }
    m_impl->connection = SQLite::Database(":memory:", SQLite::OPEN_READWRITE);
}

} // namespace nunatak::database
