"""Names by which well-known packages are imported: any other that is not there is taken for a student's file.

Only the sentence depends on it. What belongs here is what students of the field import, and what has left the
standard library; but no name that a student may well give to a file, such as `datasets`.
"""

_NAMES = """
absl accelerate aiohttp albumentations altair apex arviz astropy asynchat asyncore attr attrs audioop
autogluon autograd bitsandbytes black bokeh boto3 bottleneck brax bs4 cachetools caffe caffe2 captum
catboost cffi cgi cgitb chainer chex clearml click cloudpickle cntk colorama colorcet comet_ml cudf cuml
cupy cupyx cv2 cvxopt cvxpy cython dask datashader deap deepspeed diffusers distrax distutils django
dotenv duckdb einops elegy emcee equinox fastai fastapi fastcore fire flask flax fsspec future gast
gensim geopandas ggplot gi gpytorch gradio graphviz grpc gym gymnasium h5py haiku holoviews
huggingface_hub hydra hyperopt hypothesis icecream ignite igraph imageio imblearn imgaug imghdr imp
imutils ipdb ipykernel ipympl IPython ipywidgets jax jaxlib jaxopt jaxtyping jinja2 joblib jsonschema
jupyter jupyter_core jupyterlab kaggle keras keras_core keras_nlp keras_tuner kornia langchain lasagne
librosa lightgbm lightning lightning_fabric line_profiler llvmlite loguru lpips lxml memory_profiler
mlflow mlx mlxtend mpmath msgpack msgspec mxnet mypy natsort nbconvert nbformat neptune networkx nibabel
nilearn nltk nose nptyping numba numdifftools numexpr nvidia_smi omegaconf onnx onnxruntime open3d openai
openpyxl opt_einsum optax optuna orjson paddle pandas pandas_profiling papermill patsy peft PIL pint pip
pipes pkg_resources plotly plotnine polars pooch psutil pudb pyarrow pycuda pydantic pydicom pydot pygame
pyglet pygments pymc pymc3 pynvml pyperclip PyQt4 PyQt5 PyQt6 pyro PySide2 PySide6 pystan pytesseract
pytest pytorch_lightning pytz pywt pyximport rasterio ray regex requests rich sacred safetensors
scikitplot scipy seaborn sentence_transformers sentencepiece setuptools shap shapely SimpleITK simplejson
six skimage sklearn skopt snntorch sonnet soundfile spacy spektral sqlalchemy stable_baselines3
statsmodels streamlit sympy tabulate tensorboard tensorboardX tensorflow tensorflow_addons
tensorflow_datasets tensorflow_hub tensorflow_probability tensorly termcolor tf_keras tflearn theano
thefuzz thinc threadpoolctl tifffile tiktoken timm tinygrad tokenizers toml toolz torch torch_geometric
torch_xla torchaudio torchinfo torchmetrics torchsummary torchtext torchvision torchviz tornado tqdm
transformers trax treelib triton trl tslearn typer typing_extensions ujson umap uncertainties unyt visdom
vispy wandb werkzeug wget wx xarray xformers xgboost xlrd yaml yellowbrick zarr zmq
"""

KNOWN = frozenset(_NAMES.split())
