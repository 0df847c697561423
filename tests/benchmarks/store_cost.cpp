// SPDX-License-Identifier: GPL-3.0-or-later
// How long an edit is in danger: from committing it until it is on the disk, beside the disk's own time for
// as many bytes in the same run; by how much the file grows; and how long a project with a long history takes
// to open. Asked for are 2 ms beyond the disk in the middle, and 1 s.
#include "benchmarks/measured.h"
#include "project/project.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <QTemporaryDir>

#include <fcntl.h>
#include <unistd.h>

namespace {

using namespace nunatak;

constexpr double pi = 3.14159265358979;

template <typename Work> double wallMilliseconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

outlines::Outline glacier(int number, int vertices) {
    outlines::Outline outline;
    outline.uuid = "glacier " + std::to_string(number);
    geo::Ring ring;
    for (int i = 0; i < vertices; ++i) {
        const double angle = i * 2 * pi / vertices;
        ring.push_back(
            {number % 100 * 1000 + 400 * std::cos(angle), number / 100 * 1000 + 400 * std::sin(angle)});
    }
    outline.geometry = {{ring, {}}};
    return outline;
}

std::unique_ptr<project::Project> projectOf(const QTemporaryDir& folder, int count, int vertices) {
    auto project = project::Project::create(folder.filePath("alps.gpkg").toStdString(),
                                            geo::Crs::fromUserInput("EPSG:32632"));
    std::vector<outlines::Outline> glaciers;
    for (int i = 0; i < count; ++i) {
        glaciers.push_back(glacier(i, vertices));
    }
    project->importOutlines({"inventory", outlines::LayerKind::Inventory, "", "2020-08-20"}, glaciers);
    project->flush(120);
    return project;
}

/// Moves one vertex of one glacier, another one each time.
void move(project::Project& project, int number, int count) {
    const auto before = project.outlines("inventory").find("glacier " + std::to_string(number % count));
    outlines::Outline after = *before;
    auto& ring = after.geometry[0].outer;
    ring[static_cast<std::size_t>(number * 7) % ring.size()].x += 0.5;
    project.commit({"Move vertex", {{"inventory", before, outlines::share(std::move(after))}}, {}, "vertex"});
}

/// Bytes that this process has given to the system to write.
std::uint64_t written() {
    std::ifstream io("/proc/self/io");
    std::string key;
    std::uint64_t value = 0;
    while (io >> key >> value) {
        if (key == "wchar:") {
            return value;
        }
    }
    return 0;
}

/// The disk alone: as many bytes, as frames of a -wal file, and the same call that makes them safe.
class Disk {
public:
    explicit Disk(const QTemporaryDir& folder)
        : m_file(::open(folder.filePath("disk").toUtf8().constData(), O_RDWR | O_CREAT, 0600)) {}
    ~Disk() { ::close(m_file); }
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    void write(std::uint64_t bytes) {
        constexpr off_t longest = 4 << 20; // where a -wal file begins anew
        const std::vector<char> frame(4096 + 24, 'x');
        for (std::uint64_t done = 0; done < bytes; done += frame.size()) {
            if (::pwrite(m_file, frame.data(), frame.size(), m_place) != static_cast<ssize_t>(frame.size())) {
                std::perror("pwrite");
            }
            m_place += static_cast<off_t>(frame.size());
        }
        ::fdatasync(m_file);
        m_place = m_place > longest ? 0 : m_place;
    }

private:
    int m_file;
    off_t m_place = 0;
};

void measureEdits() {
    constexpr int edits = 600;
    constexpr int glaciers = 200;
    constexpr int vertices = 1000;
    const QTemporaryDir folder;
    const auto project = projectOf(folder, glaciers, vertices);
    Disk disk(folder);
    std::vector<double> durable, alone, beyond;
    std::uint64_t bytes = 0;
    for (int i = 0; i < edits; ++i) {
        const std::uint64_t before = written();
        durable.push_back(wallMilliseconds([&] {
            move(*project, i, glaciers);
            project->flush();
        }));
        bytes = written() - before;
        alone.push_back(wallMilliseconds([&] { disk.write(bytes); }));
        beyond.push_back(durable.back() - alone.back());
    }
    tests::printHeading("an edit of 1,000 vertices, milliseconds");
    tests::print("until it is on the disk", tests::figuresOf(durable));
    tests::print("the disk alone, as many bytes", tests::figuresOf(alone));
    tests::print("beyond the disk", tests::figuresOf(beyond));
    std::printf("%llu bytes for the last one\n\n", static_cast<unsigned long long>(bytes));
}

/// How much the closed file grows for each edit, which keeps what it takes to undo it.
void measureGrowth() {
    constexpr int edits = 1000;
    constexpr int glaciers = 100;
    constexpr int vertices = 1000;
    tests::printHeading("the file grows by, bytes an edit of 1,000 vertices");
    struct Kind {
        const char* name;
        int moved; ///< vertices, one after the other
    };
    for (const Kind kind : {Kind{"one vertex moves", 1}, Kind{"a tenth of the line is drawn anew", 100},
                            Kind{"all of it is", vertices}}) {
        const QTemporaryDir folder;
        auto project = projectOf(folder, glaciers, vertices);
        const auto file = project->file();
        project->close();
        const auto before = std::filesystem::file_size(file);
        project = project::Project::open(file);
        for (int i = 0; i < edits; ++i) {
            const auto outline =
                project->outlines("inventory").find("glacier " + std::to_string(i % glaciers));
            outlines::Outline after = *outline;
            auto& ring = after.geometry[0].outer;
            for (int k = 0; k < kind.moved; ++k) {
                ring[static_cast<std::size_t>(i * 7 + k) % ring.size()].x += 0.5 + 0.001 * k;
            }
            project->commit(
                {"Edit", {{"inventory", outline, outlines::share(std::move(after))}}, {}, "test"});
        }
        project->close(120);
        const auto grown = static_cast<double>(std::filesystem::file_size(file) - before);
        std::printf("%-50s %8.0f\n", kind.name, grown / edits);
    }
    std::printf("an outline itself takes %d\n\n", vertices * 16);
}

void measureOpening() {
    constexpr int steps = 100'000;
    constexpr int glaciers = 100;
    const QTemporaryDir folder;
    auto project = projectOf(folder, glaciers, 100);
    const double making = wallMilliseconds([&] {
        for (int i = 0; i < steps; ++i) {
            move(*project, i, glaciers);
        }
        project->flush(600);
    });
    const auto file = project->file();
    project->close();
    project.reset();
    std::vector<double> writing, reading;
    for (int round = 0; round < 5; ++round) {
        writing.push_back(wallMilliseconds([&] { project = project::Project::open(file); }));
        project->close();
        project.reset();
        reading.push_back(
            wallMilliseconds([&] { project = project::Project::open(file, project::Access::ReadOnly); }));
        project.reset();
    }
    tests::printHeading("opening a project of 100,000 steps, milliseconds");
    tests::print("to edit it", tests::figuresOf(writing));
    tests::print("to read it", tests::figuresOf(reading));
    std::printf("%.1f MiB, made in %.1f s: %.3f ms a step\n",
                static_cast<double>(std::filesystem::file_size(file)) / (1 << 20), making / 1000,
                making / steps);
}

} // namespace

int main() {
    measureEdits();
    measureGrowth();
    measureOpening();
    return 0;
}
