// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is done to lines that outlines share, by chance and in all three ways: it is refused with a
// reason, or all is valid, shared still, without a new overlap or a larger one, and what was not at the edge
// of the whole is there still; and taken back, also after the project was closed and opened again, all is as
// it was bit by bit.
//
// NUNATAK_EDITS says how many (100,000 in the test that takes long), NUNATAK_FIRST_LAYER with which layer to
// begin, for looking at one that failed.
#include "edit_judge.h"
#include "planar_layers.h"
#include "random_paths.h"
#include "real_layers.h"
#include "reference_layer.h"

#include <QtTest>

#include <array>
#include <functional>
#include <string>

using namespace nunatak;
using outlines::OutlineHandle;
using tests::EditJudge;
using tests::RandomEdits;

namespace {

const std::string inventory = "inventory";
constexpr int perLayer = 100;

geo::Crs utm32() {
    return geo::Crs::fromUserInput("EPSG:32632");
}

int editsWanted() {
    const int asked = qEnvironmentVariableIntValue("NUNATAK_EDITS");
    return asked > 0 ? asked : 4000;
}

bool isPlanar(const outlines::OutlineSet& set) {
    const auto all = set.all();
    return std::all_of(all.begin(), all.end(), [&](const OutlineHandle& one) {
        return geo::invalidReason(one->geometry).empty() &&
               std::all_of(all.begin(), all.end(), [&](const OutlineHandle& other) {
                   return one == other ||
                          geo::planarArea(geo::intersection(one->geometry, other->geometry)) < tests::noArea;
               });
    });
}

/// A layer in memory that chance edits, and what came of it.
class Editor {
public:
    Editor(tests::Layers& layers, const geo::Crs& crs, unsigned seed)
        : m_judge(layers, inventory),
          m_edits([&layers] { return layers.draft(); },
                  [&layers]() -> const outlines::OutlineSet& { return layers.all[inventory]; }, inventory,
                  crs, seed) {}

    /// One edit by chance; empty, or what is wrong with it.
    std::string step() {
        const RandomEdits::Made made = m_edits.make();
        if (!made.edit) {
            ++refusals;
            return made.refusal.empty() ? "refused without a reason: " + made.operation.text() : "";
        }
        const std::string wrong = m_judge.judged(made.operation, *made.edit, m_edits.chance(0.7));
        return wrong.empty() ? wrong : wrong + " after " + made.operation.text();
    }

    int refusals = 0;
    const EditJudge& judge() const { return m_judge; }

private:
    EditJudge m_judge;
    RandomEdits m_edits;
};

struct Counts {
    int edits = 0, refused = 0, together = 0, conserved = 0, grounds = 0;

    /// So many edits of one layer; empty, or what is wrong with one.
    QString edit(tests::Layers& layers, const geo::Crs& crs, unsigned seed, int count) {
        Editor editor(layers, crs, seed);
        for (int i = 0; i < count; ++i) {
            if (const std::string wrong = editor.step(); !wrong.empty()) {
                return QStringLiteral("layer %1, edit %2: %3")
                    .arg(seed)
                    .arg(i)
                    .arg(QString::fromStdString(wrong));
            }
        }
        edits += count;
        refused += editor.refusals;
        together += editor.judge().together;
        conserved += editor.judge().conserved;
        grounds += editor.judge().grounds;
        return {};
    }

    void tell() const {
        qInfo("%d edits, %d refused, %d together, %d within the whole, %d of ground", edits, refused,
              together, conserved, grounds);
    }
};

unsigned firstLayer() {
    return static_cast<unsigned>(std::max(1, qEnvironmentVariableIntValue("NUNATAK_FIRST_LAYER")));
}

/// Vertices elsewhere, without asking anybody: lines that cross, outlines that overlap, gaps.
void damage(tests::Layers& layers, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> by(-120, 120);
    for (const OutlineHandle& outline : layers.all[inventory].all()) {
        geo::MultiPolygon shape = outline->geometry;
        geo::Ring& ring = shape.front().outer;
        for (std::size_t i = random() % 3; i > 0; --i) {
            geo::Point& point = ring[random() % ring.size()];
            point = {point.x + by(random), point.y + by(random)};
        }
        layers.put(inventory, outline->uuid, std::move(shape));
    }
}

} // namespace

class BoundariesPropertyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsByChanceKeepWhatIsSharedShared() {
        const int wanted = editsWanted();
        Counts counts;
        int crooked = 0;
        for (unsigned seed = firstLayer(); counts.edits < wanted; ++seed) {
            tests::Layers layers;
            tests::PlanarLayer(seed).make(layers, inventory);
            if (!isPlanar(layers.all[inventory])) {
                ++crooked; // lines by chance may cross
                continue;
            }
            tests::addReference(layers, layers.all[inventory], seed);
            const QString wrong = counts.edit(layers, utm32(), seed, perLayer);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
        counts.tell();
        QVERIFY(counts.refused < wanted * 2 / 3);
        QVERIFY(counts.conserved > wanted / 20);
        QVERIFY(counts.grounds > wanted / 20);
        QVERIFY(crooked * perLayer <= wanted / 10);
    }

    void whatIsWrongAlreadyBecomesNoWorse() {
        const int wanted = editsWanted() / 4;
        Counts counts;
        for (unsigned seed = firstLayer(); counts.edits < wanted; ++seed) {
            tests::Layers layers;
            tests::PlanarLayer(seed).make(layers, inventory);
            damage(layers, seed);
            tests::addReference(layers, layers.all[inventory], seed);
            const QString wrong = counts.edit(layers, utm32(), seed, perLayer);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
        counts.tell();
        QVERIFY(counts.refused < wanted * 2 / 3);
    }

    void linesOfSideLayersStaySoundAndLeaveTheGlaciersAlone() {
        const int wanted = editsWanted() / 8;
        int done = 0, refused = 0;
        for (unsigned seed = firstLayer(); done + refused < wanted; ++seed) {
            tests::Layers layers;
            tests::PlanarLayer(seed).make(layers, inventory);
            const auto glaciers = layers.all[inventory].all();
            tests::RandomPaths paths(layers, "snow_line", glaciers.front()->extent().grown(500), seed);
            for (int i = 0; i < perLayer; ++i) {
                const std::string wrong = paths.step();
                QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("layer %1, edit %2: %3")
                                                       .arg(seed)
                                                       .arg(i)
                                                       .arg(QString::fromStdString(wrong))));
            }
            QVERIFY(layers.all[inventory].all() == glaciers);
            done += paths.done;
            refused += paths.refused;
        }
        qInfo("%d edits of lines, %d refused", done, refused);
        QVERIFY(done > refused);
    }

    void soDoEditsOfRealInventories_data() { tests::addRealLayers(); }
    void soDoEditsOfRealInventories() {
        QFETCH(const QString, file);
        QFETCH(const QString, crs);
        if (!QFileInfo::exists(file)) {
            QSKIP("The real outlines are not there.");
        }
        tests::Layers layers = tests::realLayer(inventory, file, crs);
        tests::addReference(layers, layers.all[inventory], firstLayer());
        const int wanted = editsWanted() / 40;
        Counts counts;
        const QString wrong =
            counts.edit(layers, geo::Crs::fromUserInput(crs.toStdString()), firstLayer(), wanted);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        counts.tell();
        QVERIFY(counts.refused < wanted / 2);
    }

    void noOverlapOfAFileIsAReasonAgainstPartingOrJoining_data() { tests::addRealLayers(); }
    void noOverlapOfAFileIsAReasonAgainstPartingOrJoining() {
        QFETCH(const QString, file);
        QFETCH(const QString, crs);
        if (!QFileInfo::exists(file)) {
            QSKIP("The real outlines are not there.");
        }
        tests::Layers layers = tests::realLayer(inventory, file, crs);
        const outlines::OutlineSet& set = layers.all[inventory];
        int over = 0, done = 0;
        std::string why;
        const auto isRefused = [&](const std::function<editing::Edit()>& edit) {
            why.clear();
            try {
                done += edit().empty() ? 0 : 1;
            } catch (const Error& refused) {
                why = refused.what();
            }
            return why.find("overlap") != std::string::npos;
        };
        for (const OutlineHandle& one : set.all()) {
            for (const OutlineHandle& other : set.in(one->extent())) {
                if (other->uuid == one->uuid ||
                    geo::planarArea(geo::intersection(one->geometry, other->geometry)) < tests::noArea) {
                    continue;
                }
                ++over;
                const outlines::OutlineRef ref{inventory, one->uuid};
                for (const OutlineHandle& third : set.in(one->extent())) {
                    const std::array pair{ref, outlines::OutlineRef{inventory, third->uuid}};
                    for (const std::size_t keep : {std::size_t{0}, std::size_t{1}}) {
                        QVERIFY2(third == one || !isRefused([&] {
                                     return editing::merge(layers.draft(), pair,
                                                           {.keep = keep, .collect = true});
                                 }),
                                 qPrintable(
                                     QString::fromStdString(one->uuid + " and " + third->uuid + ": " + why)));
                    }
                }
                const geo::MultiPolygon common = geo::intersection(one->geometry, other->geometry);
                const geo::Extent middle = geo::extentOf(common), box = one->extent().grown(1);
                const double x = (middle.xmin + middle.xmax) / 2, y = (middle.ymin + middle.ymax) / 2;
                for (const geo::Ring& line :
                     {geo::Ring{{x, box.ymin}, {x, box.ymax}}, geo::Ring{{box.xmin, y}, {box.xmax, y}}}) {
                    QVERIFY2(!isRefused([&] {
                        return editing::split(layers.draft(), ref, std::array{line}, {}).edit;
                    }),
                             qPrintable(QString::fromStdString(one->uuid + ": " + why)));
                }
            }
        }
        qInfo("%d overlaps, %d edits", over, done);
    }
};

QTEST_APPLESS_MAIN(BoundariesPropertyTest)
#include "boundaries_property_test.moc"
