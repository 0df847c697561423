# Other people's headers, parsed once for each kind of code instead of once for each file: half of what compiling
# costs. Off in the presets, for whoever changes the code, and in CI: there each file must include what it uses,
# and ccache finds what another checkout compiled. On in the builds that the scripts in packaging/ make for users.
option(NUNATAK_PRECOMPILED "Parse the headers of the standard library and of Qt once for all files" OFF)

set(NUNATAK_HEADERS_standard
    <algorithm> <array> <cctype> <chrono> <cmath> <cstdint> <filesystem> <functional> <limits> <map> <memory>
    <mutex> <numbers> <optional> <set> <span> <sstream> <string> <string_view> <unordered_map> <utility> <vector>)
set(NUNATAK_HEADERS_qt
    ${NUNATAK_HEADERS_standard}
    <QAction> <QBoxLayout> <QComboBox> <QCoreApplication> <QDialog> <QDockWidget> <QFormLayout> <QHash> <QIcon> <QImage>
    <QJsonObject> <QLabel> <QList> <QLocale> <QMainWindow> <QMap> <QMenu> <QMouseEvent> <QObject> <QPainter> <QPointer>
    <QPushButton> <QSettings> <QString> <QStringList> <QTableView> <QToolButton> <QVBoxLayout> <QVariant> <QWidget>)
set(NUNATAK_HEADERS_osg
    ${NUNATAK_HEADERS_qt} <QOpenGLWidget>
    <osg/BlendFunc> <osg/Depth> <osg/Geometry> <osg/Group> <osg/Image> <osg/Program> <osg/StateSet> <osg/Texture2D>
    <osg/Uniform> <osg/Viewport>)
set(NUNATAK_HEADERS_cli ${NUNATAK_HEADERS_standard} <CLI/CLI.hpp> <fmt/format.h>)

# nunatak_precompile(TARGET KIND): standard and qt are parsed once for all their targets, the others for one.
function(nunatak_precompile target kind)
    if(NOT NUNATAK_PRECOMPILED)
        return()
    endif()
    if(kind STREQUAL "osg" OR kind STREQUAL "cli")
        target_precompile_headers(${target} PRIVATE ${NUNATAK_HEADERS_${kind}})
        return()
    endif()
    set(headers nunatak_headers_${kind})
    if(NOT TARGET ${headers})
        file(WRITE ${CMAKE_BINARY_DIR}/headers_${kind}.cpp "")
        add_library(${headers} STATIC ${CMAKE_BINARY_DIR}/headers_${kind}.cpp)
        set_target_properties(${headers} PROPERTIES AUTOMOC OFF)
        target_link_libraries(${headers} PRIVATE nunatak_flags Threads::Threads)
        if(kind STREQUAL "qt")
            target_link_libraries(${headers} PRIVATE Qt6::Widgets)
        endif()
        target_precompile_headers(${headers} PRIVATE ${NUNATAK_HEADERS_${kind}})
    endif()
    target_precompile_headers(${target} REUSE_FROM ${headers})
endfunction()
