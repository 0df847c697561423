// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene_reader.h"
#include "ui/viewport/map_camera.h"

#include <QOpenGLBuffer>
#include <QOpenGLShaderProgram>
#include <QOpenGLTexture>
#include <QOpenGLWidget>

#include <memory>
#include <vector>

namespace nunatak::tests {

/// The plain thing that a view is measured against: the scene's ground as one mesh of 1000² points under one
/// texture, drawn whole in each frame.
class PlainView : public QOpenGLWidget {
public:
    PlainView(const scene::SceneReader& scene, const std::array<std::string, 3>& bands);
    ~PlainView() override;

    void show(const ui::viewport::MapCamera& camera) {
        m_camera = camera;
        update();
    }
    using QOpenGLWidget::show;

protected:
    void initializeGL() override;
    void paintGL() override;

private:
    static constexpr int points = 1000;
    geo::Extent m_extent;
    Image<float> m_heights;
    QImage m_picture;
    ui::viewport::MapCamera m_camera;
    QOpenGLBuffer m_vertices{QOpenGLBuffer::VertexBuffer};
    QOpenGLBuffer m_indices{QOpenGLBuffer::IndexBuffer};
    QOpenGLShaderProgram m_program;
    std::unique_ptr<QOpenGLTexture> m_texture;
    int m_count = 0;
};

} // namespace nunatak::tests
