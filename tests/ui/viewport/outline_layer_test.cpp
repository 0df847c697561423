// SPDX-License-Identifier: GPL-3.0-or-later
// How lines that workers have laid come into the frames, without a window.
#include "viewport_fixture.h"

#include "ui/viewport/outline_layer.h"

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::OutlineLayer;

namespace {

/// Level ground, 1000 m wide, at a column of tiles.
std::shared_ptr<const ui::terrain::TileData> tile(int column) {
    auto data = std::make_shared<ui::terrain::TileData>();
    data->id = {3, column, 0};
    data->mesh.heightGrid.left = 600'000 + 1000.0 * column;
    data->mesh.heightGrid.top = 5'200'000;
    data->mesh.heightGrid.pixelSize = 100;
    data->mesh.heightGrid.columns = data->mesh.heightGrid.rows = 10;
    data->mesh.heights = Image<float>(1, 11, 11, 100.0F);
    data->coarse = data->mesh;
    data->ground = data->mesh.heightGrid.extent();
    return data;
}

} // namespace

class OutlineLayerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesThatArriveAtOnceAreTakenInOverSeveralFrames() {
        std::uint64_t versions = 0;
        const auto programs = ui::viewport::ShaderPrograms::load(builtShaders());
        OutlineLayer layer(programs, 0, [&] { return ++versions; });
        layer.setStyle({QColor(255, 0, 0), 2, true});
        layer.setOutlines({outlineAround({602'000, 5'199'500}, 1500, 40)});
        ui::viewport::TileFrame frame;
        frame.origin = {600'000, 5'200'000};
        for (int column = 0; column < 4; ++column) {
            frame.drawn.push_back({tile(column), nullptr, 1, 0});
        }
        ui::viewport::Tasks tasks;
        QVERIFY(!layer.prepare(frame, tasks));
        QCOMPARE(tasks.size(), std::size_t(4));
        for (auto& task : tasks) {
            task.work(Progress())();
        }
        const auto now = std::chrono::steady_clock::now();
        const auto ready = [&] {
            int count = 0;
            for (const auto& item : frame.drawn) {
                count += layer.isReady(item.data->id) ? 1 : 0;
            }
            return count;
        };
        // A frame that has no time left takes one, and what waits is not laid once more.
        for (int taken = 1; taken < 4; ++taken) {
            QVERIFY(!layer.takeIn(now));
            QCOMPARE(ready(), taken);
            ui::viewport::Tasks again;
            QVERIFY(!layer.prepare(frame, again));
            QVERIFY(again.empty());
        }
        QVERIFY(layer.takeIn(now));
        QCOMPARE(ready(), 4);
        ui::viewport::Tasks none;
        QVERIFY(layer.prepare(frame, none));
        QVERIFY(none.empty());
    }

    void linesThatArriveAtOnceAreTakenInAtOnceWhereThereIsTime() {
        std::uint64_t versions = 0;
        const auto programs = ui::viewport::ShaderPrograms::load(builtShaders());
        OutlineLayer layer(programs, 0, [&] { return ++versions; });
        layer.setOutlines({outlineAround({602'000, 5'199'500}, 1500, 40)});
        ui::viewport::TileFrame frame;
        frame.origin = {600'000, 5'200'000};
        for (int column = 0; column < 4; ++column) {
            frame.drawn.push_back({tile(column), nullptr, 1, 0});
        }
        ui::viewport::Tasks tasks;
        layer.prepare(frame, tasks);
        for (auto& task : tasks) {
            task.work(Progress())();
        }
        QVERIFY(layer.takeIn(std::chrono::steady_clock::time_point::max()));
        ui::viewport::Tasks none;
        QVERIFY(layer.prepare(frame, none));
    }

    void dashesGoOnFromTileToTile() {
        outlines::Outline outline = *outlineAround({602'000, 5'199'500}, 1500, 40);
        outline.review = outlines::Review::Doubtful;
        const auto& ring = outline.geometry[0].outer;
        const auto thinned = std::make_shared<const ui::terrain::ThinnedOutline>(outlines::share(outline));
        int checked = 0;
        for (int column = 0; column < 4; ++column) {
            const auto data = tile(column);
            ui::terrain::TileLineBuilder builder(*data, {600'000, 5'200'000}, 0);
            builder.addOutline(*thinned);
            for (const auto& vertex : builder.take().vertices) {
                const geo::Point place{600'000.0 + vertex.place[0], 5'200'000.0 + vertex.place[1]};
                QVERIFY(std::abs(std::abs(vertex.corner[1]) - 3) < 1e-6); // 1 and the review
                // The place on the ring that is so far from its beginning.
                double left = std::abs(vertex.corner[0]) - 1;
                std::size_t i = 0;
                for (; i < ring.size(); ++i) {
                    const auto& to = ring[(i + 1) % ring.size()];
                    const double size = std::hypot(to.x - ring[i].x, to.y - ring[i].y);
                    if (left <= size + 0.01) {
                        const geo::Point there{ring[i].x + (to.x - ring[i].x) * left / size,
                                               ring[i].y + (to.y - ring[i].y) * left / size};
                        QVERIFY(std::hypot(there.x - place.x, there.y - place.y) < 0.1);
                        ++checked;
                        break;
                    }
                    left -= size;
                }
                QVERIFY(i < ring.size());
            }
        }
        QVERIFY(checked > 200);
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(OutlineLayerTest)
#include "outline_layer_test.moc"
