// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/outline_ref.h"
#include "outlines/outline_set.h"
#include "ui/terrain/drape_style.h"
#include "ui/terrain/terrain.h"
#include "ui/terrain/tile_tree.h"
#include "ui/viewport/left_button.h"
#include "ui/viewport/map_camera.h"
#include "ui/viewport/marks.h"
#include "ui/viewport/scene_comparison.h"

#include <QColor>
#include <QImage>
#include <QOpenGLWidget>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::ui::viewport {

struct LayerStyle {
    QColor color;
    double width = 2; ///< device-independent pixels
    bool visible = true;
    QColor acceptedMiddle = Qt::white; ///< of the lines of outlines that were accepted
    QColor changedMiddle{255, 150, 0}; ///< and of those that were changed
    bool isReference = false;          ///< lines are dashed: only looked at
};

/// What is drawn of outlines in place of what is stored, by uuid; null: nothing.
using LiveOutlines = std::map<std::string, outlines::OutlineSet::Handle>;

/// The 3D view: terrain with its drape, outlines on it, camera and picking. All coordinates are the project's
/// CRS. Left drag pans (unless a tool takes it), and middle drag and moving with Space held always; the
/// wheel zooms at the pointer, right drag orbits and tilts, double click flies there; on a trackpad two
/// fingers pan, a pinch zooms, a twist turns. Whatever the hand does stops a flight where it is.
class Viewport : public QOpenGLWidget {
    Q_OBJECT

public:
    enum class View { Nadir, Oblique };

    explicit Viewport(const std::filesystem::path& shaders, QWidget* parent = nullptr);
    ~Viewport() override;

    /// Replaces terrain and drape; null: empty. Frames it when nothing was shown before.
    void setTerrain(std::shared_ptr<const terrain::Terrain> terrain);
    std::shared_ptr<const terrain::Terrain> terrain() const;

    /// How the ground is painted; nothing is read again. What the terrain begins with, until it is set.
    void setDrapeStyle(const terrain::DrapeStyle& style);
    const terrain::DrapeStyle& drapeStyle() const;
    /// What the colours of the ground mean; none for a picture.
    std::optional<terrain::Legend> legend() const;
    /// A raster over the picture, drawn as drapeStyle().overlay says: values on any grid of the project's
    /// system, NaN for none, asked for on worker threads. Null: none.
    void setOverlay(std::function<Image<float>(const geo::Grid&, const Progress&)> values);
    /// Another scene to compare with, as buildTerrain makes it: its picture lies on the same ground, painted
    /// in the same style. Null: none. A new terrain forgets it.
    void setOther(std::shared_ptr<const terrain::Terrain> other);
    void setComparison(const SceneComparison& comparison);
    const SceneComparison& comparison() const;
    /// How coarse frames may be.
    void setFineness(const terrain::Fineness& fineness);
    /// Everything that this view needs has been read and drawn, and nothing moves.
    bool isSharp() const;
    /// Memory held for tiles, bytes: arrays and what was handed to OpenGL.
    std::size_t tileBytes() const;

    /// The outlines of a layer (all of them); draws them on the ground.
    void setLayer(const QString& name, const std::vector<outlines::OutlineSet::Handle>& outlines,
                  const LayerStyle& style);
    /// Adds, replaces (by uuid) and takes away outlines of a layer that is there.
    void changeLayer(const QString& name, const std::vector<outlines::OutlineSet::Handle>& put,
                     const std::vector<std::string>& removed);
    void setLayerStyle(const QString& name, const LayerStyle& style);
    /// What lies over what: all layers, the topmost first.
    void setLayerOrder(const QStringList& topmostFirst);
    void removeLayer(const QString& name);
    /// Outlines of a layer as they would be (live drag); those that are named no more are the stored ones
    /// again.
    void setLiveOutlines(const QString& layer, const LiveOutlines& outlines);

    /// Draws these outlines over all others; the vertices of one that is selected alone as handles.
    void setSelection(std::vector<outlines::OutlineRef> selection);
    /// Lines and dots on the ground beside the outlines; they lie over all else.
    void setMarks(const Marks& marks);
    /// Emphasises an outline, less than a selected one is; draws only when it is another one than before.
    void setHoveredOutline(const std::optional<outlines::OutlineRef>& outline);
    /// Outlines behind mountains are drawn too, thinner and paler.
    void setHiddenOutlinesShown(bool shown);
    bool hiddenOutlinesShown() const;
    /// The vertices of the selected outline are drawn as handles; this one is emphasised.
    void setHoveredVertex(const std::optional<geo::VertexId>& vertex);

    /// A finished tile of a running prediction, tinted over the drape until clearPreview().
    void addPreviewTile(const geo::Extent& extent, const Image<float>& probability);
    void clearPreview();

    /// All outlines, what is selected and what is drawn, or the bare ground: then a press on it is the
    /// camera's alone, for nothing is changed that is not seen. Pictures have the outlines in any case.
    void setOutlinesShown(bool shown);
    bool outlinesShown() const;
    /// What is around the pointer, four times as large and as sharp as the scene is; the pointer does there
    /// what it does without.
    void setLoupe(bool shown);
    bool hasLoupe() const;
    /// Pixels across, device-independent.
    static constexpr int loupeSide = 260;
    static constexpr double loupeTimes = 4;

    void setVerticalExaggeration(double factor); ///< 0.5 … 5
    double verticalExaggeration() const;
    void setView(View view);
    /// Flies to this heading (degrees clockwise from grid north); the tilt stays.
    void turnTo(double heading);
    /// Flies to where these outlines fill the view as one sees them who stands below them: from the side,
    /// against their aspect as a whole; where they are flat, as the view is turned.
    void lookUp(const geo::MultiPolygon& outlines);
    /// Flies to the view before the last flight, jump or longer way by hand; false: there is none.
    bool goBack();
    /// A precise map: straight above and parallel, until it is left by setView(Oblique), a camera that is
    /// tilted, or setFlatMap(false).
    void setFlatMap(bool flat);
    bool isFlatMap() const;
    /// Flies to the ground under a widget position, closer than before; nothing beside it.
    void flyTo(QPointF position);
    /// Moves the ground point into the middle of the view, at once.
    void centreOn(geo::Point map);
    /// The corners of what the view shows, as levelFootprint.
    std::vector<geo::Point> footprint() const;
    /// Moves the camera so that the extent fills the view, from the side it looks from now, but tilted no
    /// more than `mostTilt` degrees from straight down.
    void frame(const geo::Extent& extent, bool animated = true, double mostTilt = 90);
    /// Camera as text to store, and back; false when the text is none of ours. Where a flight is under way,
    /// its goal.
    QString cameraState() const;
    bool restoreCamera(const QString& state);
    /// The same as a flight.
    bool flyToCamera(const QString& state);

    /// Who has the left button; not owned; null: the camera.
    void setLeftButton(LeftButton* button);
    /// What the held button is doing is put back, and nothing more comes of it.
    void cancelDrag();
    /// A tool that drags is asked at most once for each picture. This asks it now for where the pointer is.
    void takeMoves();
    /// Ground under a widget position; none beside the terrain.
    std::optional<PointerEvent> pick(QPointF position) const;
    /// Widget position of a map point on the ground; none behind the camera.
    std::optional<QPointF> project(geo::Point map) const;
    /// The view drawn at another size, whole (waits for what is not yet drawn).
    QImage picture(const QSize& size);
    /// The camera that shows in a picture of these proportions all that the window shows.
    MapCamera cameraFor(QSizeF size) const;
    /// The terrain alone, without outlines and sky.
    QImage groundPicture(const MapCamera& camera, const QSize& size);

Q_SIGNALS:
    void pointerMoved(const nunatak::ui::viewport::PointerEvent& event);
    void pointerLeft();
    /// A click (press and release without a drag) on the ground that no tool took.
    void clicked(const nunatak::ui::viewport::PointerEvent& event);
    /// The same of the right button.
    void rightClicked(const nunatak::ui::viewport::PointerEvent& event);
    /// A click while no outlines are shown, so that there is nothing to click on.
    void clickedWithoutOutlines();
    void cameraMoved(); ///< scale may have changed
    void flatMapChanged(bool flat);
    void hiddenOutlinesShownChanged(bool shown);
    void firstFrameDrawn();
    void graphicsFailed(const QString& sentence); ///< no usable OpenGL; the widget shows nothing
    /// A part of the scene cannot be read: it stays as coarse as it is. Told once for each sentence.
    void readingFailed(const QString& sentence);
    void becameSharp(); ///< isSharp() has become true
    void showsVerticesChanged();

public:
    /// Metres on the ground per device-independent pixel at the centre of the view.
    double metresPerPixel() const;
    /// Whether the vertices of the one selected outline are drawn where a pixel is so many metres.
    bool showsVertices(double metresPerPixel) const;
    /// Whether they are somewhere in the view.
    bool showsVertices() const;
    /// Degrees clockwise from north that the view's up points to; for a north arrow.
    double heading() const;
    /// As drawn now; heights exaggerated.
    const MapCamera& camera() const;
    /// True while the camera flies.
    bool isFlying() const;
    /// True while a button, or Space, is held.
    bool isDragging() const;

protected:
    bool event(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void initializeGL() override;
    void resizeGL(int width, int height) override;
    void paintGL() override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void tabletEvent(QTabletEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    friend class ViewportProbe;
    bool goTo(const QString& state, bool animated);

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace nunatak::ui::viewport
