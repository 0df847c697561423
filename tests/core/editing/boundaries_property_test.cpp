// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is done to lines that outlines share, by chance and in all three ways: it is refused with a
// reason, or all is valid, shared still, without a new overlap, and what was not at the edge of the whole is
// there still; and taken back, all is as it was.
#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/changed_edges.h"
#include "editing/gate.h"
#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"
#include "editing/remove_vertices.h"
#include "editing/reshape.h"
#include "exchange/outline_files.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "planar_layers.h"

#include <QFileInfo>
#include <QtTest>

#include <map>
#include <optional>
#include <set>

using namespace nunatak;
using editing::Edit;
using editing::Line;
using editing::Neighbours;
using outlines::OutlineHandle;

namespace {

constexpr double noArea = 1e-3; ///< m²: a metre of line, rounded
using Key = std::pair<double, double>;

template <typename T> std::pair<T, T> ordered(const T& a, const T& b) {
    return a < b ? std::pair(a, b) : std::pair(b, a);
}

std::pair<Key, Key> edgeAt(const geo::Ring& ring, std::size_t at) {
    const geo::Point a = ring[at];
    const geo::Point b = ring[(at + 1) % ring.size()];
    return ordered(Key(a.x, a.y), Key(b.x, b.y));
}

bool isPlanar(const outlines::OutlineSet& set) {
    const auto all = set.all();
    return std::all_of(all.begin(), all.end(), [&](const OutlineHandle& one) {
        return geo::invalidReason(one->geometry).empty() &&
               std::all_of(all.begin(), all.end(), [&](const OutlineHandle& other) {
                   return one == other ||
                          geo::planarArea(geo::intersection(one->geometry, other->geometry)) < noArea;
               });
    });
}

/// 100,000 in the test that takes long.
int editsWanted() {
    const int asked = qEnvironmentVariableIntValue("NUNATAK_EDITS");
    return asked > 0 ? asked : 4000;
}

struct Operation {
    enum Kind { MoveOne, MoveRun, MoveRing, Insert, Remove, RemoveRun, Redraw } kind;
    outlines::OutlineRef ref;
    Neighbours neighbours;
    int part, ring;
    std::size_t first, count;
    std::string text() const {
        return std::to_string(kind) + " of " + ref.uuid + ", ring " + std::to_string(part) + "/" +
               std::to_string(ring) + ", " + std::to_string(count) + " from " + std::to_string(first) +
               ", neighbours " + std::to_string(static_cast<int>(neighbours));
    }
};

class Editor {
public:
    Editor(tests::Layers& layers, std::string layer, unsigned seed)
        : m_layers(layers), m_layer(std::move(layer)), m_random(seed) {}

    /// One edit by chance; empty, or what is wrong with it.
    std::string step() {
        const auto all = set().all();
        const OutlineHandle outline = all[index(all.size())];
        Operation operation{static_cast<Operation::Kind>(index(7)),
                            {m_layer, outline->uuid},
                            static_cast<Neighbours>(index(4) < 2 ? 0 : index(3)),
                            0,
                            0,
                            0,
                            0};
        operation.part = static_cast<int>(index(outline->geometry.size()));
        const auto& polygon = outline->geometry[static_cast<std::size_t>(operation.part)];
        operation.ring = static_cast<int>(index(polygon.holes.size() + 1));
        const geo::Ring& ring = geo::ringOf(outline->geometry, operation.part, operation.ring);
        operation.first = index(ring.size());
        operation.count = 1 + index(std::min<std::size_t>(ring.size() - 1, chance(0.3) ? 12 : 3));
        std::optional<Edit> edit;
        try {
            edit = done(operation, ring);
        } catch (const editing::Refused& refused) {
            ++refusals;
            return std::string(refused.what()).empty() ? "refused without a reason: " + operation.text() : "";
        }
        const std::string wrong = judged(operation, *edit);
        return wrong.empty() ? wrong : wrong + " after " + operation.text();
    }

    int refusals = 0;
    int conserved = 0;
    int together = 0;

private:
    const outlines::OutlineSet& set() { return m_layers.all[m_layer]; }
    std::size_t index(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random);
    }
    double between(double least, double most) {
        return std::uniform_real_distribution<double>(least, most)(m_random);
    }
    bool chance(double share) { return between(0, 1) < share; }

    Edit done(const Operation& operation, const geo::Ring& ring) {
        const auto& [kind, ref, neighbours, part, number, first, count] = operation;
        const std::size_t size = ring.size();
        const auto vertex = [&, part = part, number = number](std::size_t i) {
            return geo::VertexId{part, number, static_cast<int>(i % size)};
        };
        std::vector<geo::VertexId> run;
        for (std::size_t i = 0; i < count; ++i) {
            run.push_back(vertex(first + i));
        }
        const geo::Point at = ring[first];
        const double length = geo::distance(at, ring[(first + 1) % size]);
        const double reach = length * (chance(0.8) ? 0.4 : 3);
        const geo::Point by{between(-reach, reach), between(-reach, reach)};
        switch (kind) {
        case Operation::MoveOne:
            return editing::moveVertex(m_layers.draft(), ref, vertex(first), {at.x + by.x, at.y + by.y},
                                       neighbours);
        case Operation::MoveRun:
            return editing::moveVertices(m_layers.draft(), ref, run, by, neighbours);
        case Operation::MoveRing:
            run.clear();
            for (std::size_t i = 0; i < size; ++i) {
                run.push_back(vertex(i));
            }
            return editing::moveVertices(m_layers.draft(), ref, run, {by.x / 4, by.y / 4}, neighbours);
        case Operation::Insert: {
            const geo::Point on = geo::pointAlong(at, ring[(first + 1) % size], between(0.1, 0.9));
            return editing::insertVertex(m_layers.draft(), ref, vertex(first),
                                         {on.x + by.x / 2, on.y + by.y / 2}, neighbours);
        }
        case Operation::Remove:
            return editing::removeVertices(m_layers.draft(), ref, {vertex(first)}, neighbours);
        case Operation::RemoveRun:
            return editing::removeVertices(m_layers.draft(), ref, run, neighbours);
        case Operation::Redraw:
            break;
        }
        const std::size_t removed = std::min(count, size - 2);
        const geo::Point begin = ring[(first + size - 1) % size];
        const geo::Point end = ring[(first + removed) % size];
        geo::Ring line;
        const std::size_t added = index(8);
        const double aside = between(-0.5, 0.5);
        for (std::size_t i = 1; i <= added; ++i) {
            const double share = static_cast<double>(i) / static_cast<double>(added + 1);
            const double bow = aside * std::sin(3.14159265 * share) + between(-0.01, 0.01);
            line.push_back({begin.x + share * (end.x - begin.x) - bow * (end.y - begin.y),
                            begin.y + share * (end.y - begin.y) + bow * (end.x - begin.x)});
        }
        auto draft = m_layers.draft();
        editing::reshape(draft, ref, {{part, number, first, removed, line}}, neighbours, Line::Another);
        return draft.edit("Redraw", ref);
    }

    std::string judged(const Operation& operation, const Edit& edit) {
        if (operation.neighbours == Neighbours::Alone && edit.changes.size() > 1) {
            return "another outline changed";
        }
        const double areaBefore = areaOf(edit, true);
        const bool isInner = isWithinTheWhole(edit);
        const auto owners = ownersOf(edit);
        std::map<std::pair<std::string, std::string>, double> overlaps;
        for (const auto& change : edit.changes) {
            addOverlaps(change.before, overlaps);
        }
        std::map<std::string, geo::MultiPolygon> shapes;
        for (const auto& change : edit.changes) {
            shapes[change.before->uuid] = change.before->geometry;
        }
        m_layers.commit(edit);
        std::string wrong;
        for (const auto& change : edit.changes) {
            if (!change.after) {
                continue;
            }
            if (const std::string reason = geo::invalidReason(change.after->geometry);
                !reason.empty() && geo::invalidReason(change.before->geometry).empty()) {
                wrong = "not valid: " + reason;
            }
            std::map<std::pair<std::string, std::string>, double> now;
            addOverlaps(change.after, now);
            for (const auto& [pair, area] : now) {
                if (area > noArea && overlaps[pair] <= noArea) {
                    wrong = pair.first + " overlaps " + pair.second + " by " + std::to_string(area);
                }
            }
        }
        if (operation.neighbours == Neighbours::Together && operation.kind != Operation::Redraw) {
            ++together;
            for (const auto& [point, who] : owners) {
                std::set<std::string> lost;
                for (const std::string& uuid : who) {
                    const OutlineHandle outline = set().find(uuid);
                    if (!outline || !has(outline->geometry, {point.first, point.second})) {
                        lost.insert(uuid);
                    }
                }
                // Where others cannot follow, a removed vertex stays theirs: lines that branch off are led on
                // to the straight one, and what touched in a point does so no more.
                const bool isLeft =
                    (operation.kind == Operation::Remove || operation.kind == Operation::RemoveRun) &&
                    lost == std::set<std::string>{operation.ref.uuid};
                if (!lost.empty() && lost.size() != who.size() && !isLeft) {
                    wrong = "a vertex is of " + std::to_string(who.size() - lost.size()) + " of " +
                            std::to_string(who.size()) + " owners";
                }
            }
        }
        if (operation.neighbours == Neighbours::Together && wrong.empty()) {
            wrong = unshared(edit);
            if (isInner) {
                ++conserved;
                if (std::abs(areaOf(edit, false) - areaBefore) >
                    noArea * static_cast<double>(edit.changes.size())) {
                    wrong = "the area is another: " + std::to_string(areaOf(edit, false) - areaBefore);
                }
            }
        }
        // Back, and forth again half of the time.
        Edit back = edit;
        for (auto& change : back.changes) {
            std::swap(change.before, change.after);
        }
        m_layers.commit(back);
        for (const auto& [uuid, shape] : shapes) {
            if (set().find(uuid)->geometry != shape) {
                wrong = "taken back it is another";
            }
        }
        if (chance(0.7)) {
            m_layers.commit(edit);
        }
        return wrong;
    }

    static double areaOf(const Edit& edit, bool isBefore) {
        double area = 0;
        for (const auto& change : edit.changes) {
            const OutlineHandle& outline = isBefore ? change.before : change.after;
            area += outline ? geo::planarArea(outline->geometry) : 0;
        }
        return area;
    }

    static bool has(const geo::MultiPolygon& shape, geo::Point point) {
        return !geo::allRings(shape, [&](const geo::Ring& ring) {
            return std::find(ring.begin(), ring.end(), point) == ring.end();
        });
    }

    /// The outlines of each vertex of one that changes that is of several.
    std::map<Key, std::set<std::string>> ownersOf(const Edit& edit) {
        std::map<Key, std::set<std::string>> owners;
        for (const auto& change : edit.changes) {
            geo::forEachVertex(change.before->geometry, [&](const geo::VertexId&, geo::Point point) {
                owners[{point.x, point.y}];
            });
        }
        geo::Extent box;
        for (const auto& change : edit.changes) {
            box.include(change.before->extent());
        }
        for (const OutlineHandle& outline : set().in(box)) {
            geo::forEachVertex(outline->geometry, [&](const geo::VertexId&, geo::Point point) {
                if (const auto found = owners.find({point.x, point.y}); found != owners.end()) {
                    found->second.insert(outline->uuid);
                }
            });
        }
        return owners;
    }

    /// What changes has outlines on both sides: each edge that goes is one of two rings.
    bool isWithinTheWhole(const Edit& edit) {
        std::map<std::pair<Key, Key>, int> uses;
        const auto count = [&](const geo::MultiPolygon& shape) {
            geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    ++uses[edgeAt(ring, i)];
                }
            });
        };
        std::set<std::pair<Key, Key>> going;
        for (const auto& change : edit.changes) {
            if (!change.after) {
                return false;
            }
            for (const auto& from :
                 editing::changedEdges(change.before->geometry, change.after->geometry).going) {
                const geo::Ring& ring = geo::ringOf(change.before->geometry, from.part, from.ring);
                going.insert(edgeAt(ring, static_cast<std::size_t>(from.index)));
            }
        }
        geo::Extent box;
        for (const auto& change : edit.changes) {
            box.include(change.before->extent());
        }
        for (const OutlineHandle& outline : set().in(box)) {
            count(outline->geometry);
        }
        return std::all_of(going.begin(), going.end(), [&](const auto& edge) { return uses[edge] == 2; });
    }

    void addOverlaps(const OutlineHandle& outline,
                     std::map<std::pair<std::string, std::string>, double>& areas) {
        if (!outline) {
            return;
        }
        for (const OutlineHandle& other : set().in(outline->extent())) {
            if (other->uuid != outline->uuid) {
                areas[ordered(outline->uuid, other->uuid)] =
                    geo::planarArea(geo::intersection(outline->geometry, other->geometry));
            }
        }
    }

    /// A vertex that came and lies so near to the line of another that it should be on it, and is none of it.
    std::string unshared(const Edit& edit) {
        for (const auto& change : edit.changes) {
            if (!change.after) {
                continue;
            }
            std::string wrong;
            geo::forEachVertex(change.after->geometry, [&](const geo::VertexId&, geo::Point point) {
                if (std::any_of(edit.changes.begin(), edit.changes.end(), [&](const auto& each) {
                        return has(each.before->geometry, point); // what lay on an edge may still
                    })) {
                    return;
                }
                for (const OutlineHandle& other : set().in({point.x, point.y, point.x, point.y})) {
                    if (other->uuid != change.after->uuid && !has(other->geometry, point) &&
                        geo::distanceToBoundary(other->geometry, point) < editing::onLine) {
                        wrong = "a new vertex lies on the line of " + other->uuid + " and is none of it";
                    }
                }
            });
            if (!wrong.empty()) {
                return wrong;
            }
        }
        return {};
    }

    tests::Layers& m_layers;
    std::string m_layer;
    std::mt19937 m_random;
};

} // namespace

class BoundariesPropertyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsByChanceKeepWhatIsSharedShared() {
        const int wanted = editsWanted();
        constexpr int perLayer = 100;
        int refusals = 0;
        int conserved = 0;
        int together = 0;
        int crooked = 0;
        for (int done = 0; done < wanted; done += perLayer) {
            const auto seed = static_cast<unsigned>(done / perLayer + 1);
            tests::Layers layers;
            tests::PlanarLayer(seed).make(layers, "inventory");
            if (!isPlanar(layers.all["inventory"])) {
                ++crooked; // lines by chance may cross
                continue;
            }
            Editor editor(layers, "inventory", seed);
            for (int i = 0; i < perLayer; ++i) {
                const std::string wrong = editor.step();
                QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("layer %1, edit %2: %3")
                                                       .arg(seed)
                                                       .arg(i)
                                                       .arg(QString::fromStdString(wrong))));
            }
            refusals += editor.refusals;
            conserved += editor.conserved;
            together += editor.together;
        }
        qInfo("%d edits, %d refused, %d together, %d within the whole", wanted, refusals, together,
              conserved);
        QVERIFY(refusals < wanted * 2 / 3);
        QVERIFY(conserved > wanted / 20);
        QVERIFY(crooked * perLayer <= wanted / 10);
    }

    void soDoEditsOfRealInventories_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("crs");
        QTest::newRow("divides of an ice cap") << "iceland_divides/RGI6_icecap.shp"
                                               << "EPSG:32628";
        QTest::newRow("Oetztal") << "oetztal/rgi_oetztal.shp"
                                 << "EPSG:32632";
        QTest::newRow("Everest") << "everest/rgi60_outlines.gpkg"
                                 << "EPSG:32645";
    }

    void soDoEditsOfRealInventories() {
        QFETCH(const QString, file);
        QFETCH(const QString, crs);
        const QString path = QStringLiteral(NUNATAK_SHARED_DATA "/data/") + file;
        if (!QFileInfo::exists(path)) {
            QSKIP("The real outlines are not there.");
        }
        tests::Layers layers;
        for (auto& outline :
             exchange::readOutlines(path.toStdString(), geo::Crs::fromUserInput(crs.toStdString()))
                 .outlines) {
            layers.all["inventory"].put(outlines::share(std::move(outline)));
        }
        const int wanted = editsWanted() / 40;
        Editor editor(layers, "inventory", 1);
        for (int i = 0; i < wanted; ++i) {
            const std::string wrong = editor.step();
            QVERIFY2(wrong.empty(),
                     qPrintable(QStringLiteral("edit %1: %2").arg(i).arg(QString::fromStdString(wrong))));
        }
        qInfo("%d edits, %d refused, %d together, %d within the whole", wanted, editor.refusals,
              editor.together, editor.conserved);
        QVERIFY(editor.refusals < wanted / 2);
    }
};

QTEST_APPLESS_MAIN(BoundariesPropertyTest)
#include "boundaries_property_test.moc"
