// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden_picture.h"
#include "viewport_fixture.h"

// What the window shows of the invented terrain, pixel by pixel as it is drawn; tolerances in
// golden_picture.h.

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;

namespace {

void addOutlines(Viewport& viewport) {
    const auto middle = viewport.terrain()->heightGrid.extent().center();
    viewport.setLayer("expert",
                      {outlineAround({middle.x - 1900, middle.y + 1600}, 1150, 160, "a"),
                       outlineAround({middle.x + 1700, middle.y + 2000}, 1000, 120, "b")},
                      {QColor(0x00, 0xd0, 0xff), 2, true});
    viewport.setLayer("predicted", {outlineAround({middle.x + 300, middle.y - 2000}, 900, 90, "c")},
                      {QColor(0xff, 0x8c, 0x00), 2, true});
    viewport.setSelection({outlines::OutlineRef{"predicted", "c"}});
}

} // namespace

class ViewportGoldenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theObliqueViewLooksAsItDid() {
        const auto viewport = shownViewport();
        addOutlines(*viewport);
        compareWithGolden(drawn(*viewport), "viewport_oblique");
    }

    void theMapViewLooksAsItDid() {
        const auto viewport = shownViewport();
        addOutlines(*viewport);
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        compareWithGolden(viewport->picture({640, 480}), "viewport_nadir");
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(ViewportGoldenTest)
#include "viewport_golden_test.moc"
