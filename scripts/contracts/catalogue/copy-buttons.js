// Adds a button to each block of code, where the browser lets a page copy.
const { document, navigator, setTimeout } = globalThis;

function addButton(block) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2_000);
  });
  block.append(button);
}

if (navigator.clipboard) document.querySelectorAll('.code').forEach(addButton);
