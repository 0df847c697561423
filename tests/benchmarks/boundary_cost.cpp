// SPDX-License-Identifier: GPL-3.0-or-later
// What edits of shared lines cost in a whole inventory: of its largest outline, at vertices that it shares
// and at others, with all neighbours and the gate, as steps of a project; beside the same by GEOS on whole
// outlines, in one run.
//
//     boundary_cost [inventory.gpkg] [--crs EPSG:32632] [--edits FILE]
//
// Prints milliseconds that the thread worked. The file gets what was edited, and the medians, for another
// program that does the same (tests/external/qgis_edits.py).
#include "measured.h"
#include "measured_layer.h"

#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"
#include "editing/nearest.h"
#include "editing/redraw.h"
#include "editing/remove_vertices.h"
#include "geo/shape_operations.h"
#include "project/project.h"

#include <CLI/CLI.hpp>

#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace nunatak;
using namespace nunatak::tests;

constexpr int oftenEnough = 15;
constexpr const char* layer = "inventory";

/// What another program is to do again; nothing where there is no file.
class Record {
public:
    explicit Record(const std::string& file)
        : m_file(file.empty() ? nullptr : std::fopen(file.c_str(), "w")) {
        if (!file.empty() && m_file == nullptr) {
            throw Error("Cannot write " + file + ".");
        }
    }
    ~Record() {
        if (m_file != nullptr) {
            std::fclose(m_file);
        }
    }
    Record(const Record&) = delete;
    Record& operator=(const Record&) = delete;

    void took(const char* edit, double milliseconds) const {
        if (m_file != nullptr) {
            std::fprintf(m_file, "took %s %.6f\n", edit, milliseconds);
        }
    }
    void did(const char* edit, const geo::Ring& points) const {
        if (m_file != nullptr) {
            std::fputs(edit, m_file);
            for (const auto& point : points) {
                std::fprintf(m_file, " %.17g %.17g", point.x, point.y);
            }
            std::fputc('\n', m_file);
        }
    }

private:
    std::FILE* m_file;
};

class Bench {
public:
    Bench(project::Project& project, const Record& record)
        : m_project(project), m_record(record),
          m_edited(editedOf(project.outlines(layer).all())), m_ref{layer, m_edited.outline->uuid} {}

    void run() {
        printHeading("");
        const double move = drag("move of a shared vertex, each pointer move", m_edited.shared, true);
        if (!m_edited.free.empty()) {
            drag("move of another vertex", m_edited.free, false);
        }
        print("hit test: vertex, edge and outline at a place", hits());
        std::optional<editing::Edit> edit;
        print("insert into a shared edge", timesOf(200, [&](int i) {
                  const int vertex = one(m_edited.shared, i);
                  edit = editing::insertVertex(draft(), m_ref, {0, 0, vertex}, beside(ring(), vertex));
              }));
        step("insertion", *edit);
        const auto box = boxed(10000);
        const Figures removal =
            timesOf(oftenEnough, [&](int) { edit = editing::removeVertices(draft(), m_ref, box); });
        print("delete 10,000 boxed vertices", removal);
        step("deletion", *edit);
        const auto removed = edit;
        const auto gone = part(m_edited.run, 4000, 50);
        print("delete 4,000 shared vertices", timesOf(oftenEnough, [&](int) {
                  edit = editing::removeVertices(draft(), m_ref, named(gone));
              }));
        step("deletion of shared ones", *edit);
        const geo::Ring stroke = strokeAlong(ring(), part(m_edited.run, 1000, 500));
        const Figures redraw =
            timesOf(oftenEnough, [&](int) { edit = editing::redraw(draft(), m_ref, {stroke}).edit; });
        print("redraw 1,000 shared vertices, each pointer move", redraw);
        step("redraw", *edit);
        std::printf("  %zu outlines changed\n", edit->changes.size());

        m_record.took("delete", removal.median);
        m_record.did("delete", placesOf(box));
        m_record.took("redraw", redraw.median);
        m_record.did("redraw", stroke);
        compare("GEOS, whole outlines: the move", *m_moved, move);
        compare("GEOS, whole outlines: the deletion", *removed, removal.median);
        compare("GEOS, whole outlines: the redraw", *edit, redraw.median);
    }

private:
    const geo::Ring& ring() const { return m_edited.outline->geometry.front().outer; }
    editing::Draft draft() {
        return {[this](const std::string& name) { return editing::DraftLayer(&m_project.outlines(name)); },
                m_indices};
    }
    static int one(const std::vector<int>& of, int i) {
        return of[(of.size() / 3 + static_cast<std::size_t>(i) * 977) % of.size()];
    }
    static std::vector<int> part(const std::vector<int>& of, std::size_t count, std::size_t from) {
        if (from + count > of.size()) {
            throw Error("No neighbours share so long a line with the largest outline.");
        }
        const auto begin = of.begin() + static_cast<std::ptrdiff_t>(from);
        return {begin, begin + static_cast<std::ptrdiff_t>(count)};
    }
    static std::vector<geo::VertexId> named(const std::vector<int>& vertices) {
        std::vector<geo::VertexId> names;
        for (const int vertex : vertices) {
            names.push_back({0, 0, vertex});
        }
        return names;
    }
    /// The last ones of the ring.
    std::vector<geo::VertexId> boxed(int count) const {
        std::vector<geo::VertexId> names;
        const int last = static_cast<int>(ring().size()) - 100;
        for (int i = last - count; i < last; ++i) {
            names.push_back({0, 0, i});
        }
        return names;
    }
    geo::Ring placesOf(const std::vector<geo::VertexId>& vertices) const {
        geo::Ring places;
        for (const auto& vertex : vertices) {
            places.push_back(ring()[static_cast<std::size_t>(vertex.index)]);
        }
        return places;
    }

    double drag(const char* what, const std::vector<int>& vertices, bool isRecorded) {
        std::vector<double> all;
        std::optional<editing::Edit> proposed; // the last one is drawn while the next is made
        int refused = 0;
        for (int i = 0; i < 40; ++i) {
            const int vertex = one(vertices, i);
            const geo::Point from = ring()[static_cast<std::size_t>(vertex)];
            const geo::Point to = beside(ring(), vertex);
            for (int step = 1; step <= 25; ++step) {
                const geo::Point there{from.x + (to.x - from.x) * step / 25,
                                       from.y + (to.y - from.y) * step / 25};
                all.push_back(milliseconds([&] {
                    try {
                        proposed = editing::moveVertex(draft(), m_ref, {0, 0, vertex}, there);
                    } catch (const Error&) {
                        ++refused;
                    }
                }));
            }
            if (isRecorded) {
                m_record.did("move", {from, to});
            }
        }
        const Figures figures = figuresOf(std::move(all));
        print(what, figures);
        if (refused > 0) {
            std::printf("  of 1000 refused: %d\n", refused);
        }
        if (proposed) {
            step("move", *proposed);
        }
        if (isRecorded) {
            m_record.took("move", figures.median);
            m_moved = proposed;
        }
        return figures.median;
    }

    Figures hits() {
        constexpr double reach = 200; // metres: a hand's reach from as far as vertices are drawn, times the
                                      // twelve that the Select tool allows for ground seen from the side
        const auto& set = m_project.outlines(layer);
        return timesOf(1000, [&](int i) {
            const geo::Point place = beside(ring(), one(m_edited.shared, i), 0.5);
            const auto index = m_indices.of(m_edited.outline);
            const auto vertex = editing::nearestVertex(m_edited.outline->geometry, *index, place, reach);
            const auto edge = editing::nearestEdge(m_edited.outline->geometry, *index, place, reach);
            if (!vertex || !edge ||
                (set.at(place) == nullptr && set.in(m_edited.outline->extent()).empty())) {
                throw Error("Nothing is hit.");
            }
        });
    }

    /// The edit as a step of the project, and taken back.
    void step(const char* what, const editing::Edit& edit) {
        std::vector<double> done, back;
        for (int i = 0; i < oftenEnough; ++i) {
            done.push_back(milliseconds([&] { m_project.commit(edit); }));
            back.push_back(milliseconds([&] { m_project.undo(); }));
            m_project.flush(120);
        }
        print((std::string("  the ") + what + " as a step").c_str(), figuresOf(done));
        print("  undo of it", figuresOf(back));
        if (m_project.outlines(layer).find(m_ref.uuid)->geometry != m_edited.outline->geometry) {
            throw Error("Undo did not give the outline back.");
        }
        for (const auto& change : edit.changes) { // dated and signed anew, else as they were
            if (change.before->uuid == m_ref.uuid) {
                m_edited.outline = m_project.outlines(layer).find(m_ref.uuid);
            }
        }
    }

    /// Whether all that the edit changes is valid, and overlaps nothing.
    void judgeByGeos(const editing::Edit& edit) const {
        const auto shapeNow = [&](const outlines::OutlineHandle& outline) {
            const auto change = std::find_if(edit.changes.begin(), edit.changes.end(), [&](const auto& each) {
                return each.before->uuid == outline->uuid;
            });
            return change == edit.changes.end() ? outline->geometry : change->after->geometry;
        };
        std::string reason;
        for (const auto& change : edit.changes) {
            reason += geo::invalidReason(change.after->geometry);
            for (const auto& other : m_project.outlines(layer).in(change.after->extent())) {
                if (other->uuid != change.after->uuid &&
                    geo::planarArea(geo::intersection(change.after->geometry, shapeNow(other))) > 1) {
                    reason += "overlap";
                }
            }
        }
        if (!reason.empty()) {
            throw Error("By GEOS it is not valid: " + reason);
        }
    }

    void compare(const char* what, const editing::Edit& edit, double ours) const {
        const Figures whole = timesOf(3, [&](int) { judgeByGeos(edit); });
        print(what, whole);
        std::printf("  %.0f times ours\n", whole.median / ours);
    }

    project::Project& m_project;
    const Record& m_record;
    editing::EdgeIndices m_indices;
    Edited m_edited;
    outlines::OutlineRef m_ref;
    std::optional<editing::Edit> m_moved; ///< a shared vertex
};

} // namespace

int main(int argc, char** argv) {
    std::string file, edits;
    std::string crsText = "EPSG:32632";
    CLI::App arguments("What edits of shared lines cost.");
    arguments.add_option("inventory", file, "Outlines; none: a layer that is made up");
    arguments.add_option("--crs", crsText, "In these coordinates");
    arguments.add_option("--edits", edits, "Is written: what was edited, for another program");
    CLI11_PARSE(arguments, argc, argv);
    try {
        const auto crs = geo::Crs::fromUserInput(crsText);
        const QTemporaryDir folder;
        const auto project = project::Project::create(folder.filePath("measured.gpkg").toStdString(), crs);
        project->importOutlines({layer, outlines::LayerKind::Inventory, "", "2020-08-20"},
                                measuredLayer(file.empty() ? std::nullopt : std::optional(file), crs));
        project->flush(300);
        const Record record(edits);
        Bench(*project, record).run();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "boundary_cost: %s\n", error.what());
        return 1;
    }
}
